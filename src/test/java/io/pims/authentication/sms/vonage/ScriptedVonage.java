package io.pims.authentication.sms.vonage;

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
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/** The far side of the network, byte by byte: says to every request what the test tells it to. */
final class ScriptedVonage implements AutoCloseable {

    interface Answer {
        void write(OutputStream out, ScriptedVonage self) throws IOException, InterruptedException;
    }

    /** @param head request line and headers */
    record Request(String head, String body) {}

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
    private final CountDownLatch end = new CountDownLatch(1);

    ScriptedVonage(Answer answer) throws IOException {
        threads.execute(() -> {
            while (!server.isClosed()) {
                try {
                    Socket socket = server.accept();
                    threads.execute(() -> serve(socket, answer));
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    static Answer http(String statusLine, String body) {
        return raw("HTTP/1.1 " + statusLine + "\r\nContent-Type: application/json\r\nContent-Length: "
                + body.getBytes(UTF_8).length + "\r\nConnection: close\r\n\r\n" + body);
    }

    static Answer status(String status) {
        return http("200 OK", json(status));
    }

    static String json(String... statuses) {
        StringBuilder parts = new StringBuilder();
        for (String status : statuses) {
            parts.append(parts.isEmpty() ? "" : ",")
                    .append("{\"to\":\"33612345678\",\"message-id\":\"0C0001\",\"status\":\"%s\",\"error-text\":\"no\"}"
                            .formatted(status));
        }
        return "{\"message-count\":\"%d\",\"messages\":[%s]}".formatted(statuses.length, parts);
    }

    static Answer raw(String bytes) {
        return (out, self) -> out.write(bytes.getBytes(UTF_8));
    }

    static Answer hang() {
        return (out, self) -> self.end.await();
    }

    /** One byte now and then, always within the read timeout, for ever. */
    static Answer drip(String head) {
        return (out, self) -> {
            out.write(head.getBytes(UTF_8));
            do {
                out.write(' ');
                out.flush();
            } while (!self.end.await(20, MILLISECONDS));
        };
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    Request request() throws InterruptedException {
        Request request = requests.poll(20, SECONDS);
        if (request == null) {
            throw new AssertionError("no request");
        }
        return request;
    }

    int requestsLeft() {
        return requests.size();
    }

    private void serve(Socket socket, Answer answer) {
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
            int length = Integer.parseInt(head.toString().replaceAll("(?is).*content-length: *(\\d+).*", "$1"));
            requests.add(new Request(head.toString(), new String(in.readNBytes(length), ISO_8859_1)));
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
