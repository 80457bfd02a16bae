package io.pims.authentication.facade;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The far side of the network, byte by byte: gives its answers in turn, and the last one for ever. */
final class ScriptedService implements AutoCloseable {

    static final String ID = "0190a3c2-7e1f-7b1c-9d2e-4f5a6b7c8d9e";

    interface Line {
        void write(OutputStream out, ScriptedService self) throws IOException, InterruptedException;
    }

    /** @param head request line and headers */
    record Request(String head, String body) {

        String line() {
            return head.lines().findFirst().orElse("");
        }

        /** The header's value; empty if it was not sent. */
        String header(String name) {
            Matcher header = Pattern.compile("(?im)^" + name + ": *(.*?)\r?$").matcher(head);
            return header.find() ? header.group(1) : "";
        }
    }

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Deque<Line> answers;
    private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
    private final CountDownLatch end = new CountDownLatch(1);

    ScriptedService(Line... answers) throws IOException {
        this.answers = new ConcurrentLinkedDeque<>(Arrays.asList(answers));
        threads.execute(() -> {
            while (!server.isClosed()) {
                try {
                    Socket socket = server.accept();
                    threads.execute(() -> serve(socket));
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    static Line pending() {
        return http("202 Accepted", envelope("PENDING", "\"result\":null"));
    }

    static Line succeeded() {
        return http("200 OK", envelope("SUCCEEDED", "\"result\":null"));
    }

    static Line failed(String statusLine, int code, String label) {
        return http(statusLine, envelope("FAILED", error(code, label)));
    }

    static String error(int code, String label) {
        return "\"error\":{\"code\":" + code + ",\"label\":\"" + label + "\"}";
    }

    static String envelope(String status, String rest) {
        return "{\"transactionId\":\"" + ID + "\",\"status\":\"" + status + "\"," + rest + "}";
    }

    /** @param statusLine may bring headers of its own, after line breaks */
    static Line http(String statusLine, String body) {
        return raw(text(statusLine, body));
    }

    static String text(String statusLine, String body) {
        return "HTTP/1.1 " + statusLine + "\r\nContent-Type: application/json\r\nContent-Length: "
                + body.getBytes(UTF_8).length + "\r\nConnection: close\r\n\r\n" + body;
    }

    static Line raw(String bytes) {
        return (out, self) -> out.write(bytes.getBytes(UTF_8));
    }

    /** Says no more, and leaves the connection open. */
    static Line hang(String bytes) {
        return (out, self) -> {
            out.write(bytes.getBytes(UTF_8));
            out.flush();
            self.end.await();
        };
    }

    /** One byte now and then, for ever. */
    static Line drip(String head) {
        return (out, self) -> {
            out.write(head.getBytes(UTF_8));
            do {
                out.write(' ');
                out.flush();
            } while (!self.end.await(10, MILLISECONDS));
        };
    }

    static URI nobody() throws IOException {
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return URI.create("http://127.0.0.1:" + closed.getLocalPort());
        }
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /** Settings that make a test quick. */
    Configuration.Builder client() {
        return client(uri());
    }

    static Configuration.Builder client(URI service) {
        return Configuration.builder()
                .service(service)
                .token(() -> "token")
                .pollingBudget(Duration.ofSeconds(30))
                .patience(Duration.ofMillis(300))
                .pause(Duration.ofMillis(1));
    }

    Request request() throws InterruptedException {
        Request request = requests.poll(20, SECONDS);
        if (request == null) {
            throw new AssertionError("no request");
        }
        return request;
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = in.read();
                if (next < 0) {
                    return;
                }
                head.append((char) next);
            }
            Matcher length = Pattern.compile("(?i)content-length: *(\\d+)").matcher(head);
            int bytes = length.find() ? Integer.parseInt(length.group(1)) : 0;
            requests.add(new Request(head.toString(), new String(in.readNBytes(bytes), ISO_8859_1)));
            Line answer;
            synchronized (answers) {
                answer = answers.size() > 1 ? answers.pop() : answers.peek();
            }
            answer.write(socket.getOutputStream(), this);
        } catch (IOException | InterruptedException clientGone) {
            // What the client makes of it is what the test looks at.
        }
    }

    @Override
    public void close() throws IOException {
        end.countDown();
        server.close();
        threads.shutdownNow();
    }
}
