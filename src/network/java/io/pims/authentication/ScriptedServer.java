package io.pims.authentication;

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
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The far side of the network, byte by byte: takes one request a connection, and answers what the test tells it to. */
public abstract class ScriptedServer implements AutoCloseable {

    /** What is written once a request has been read. */
    public interface Answer {
        void write(OutputStream out, ScriptedServer self) throws IOException, InterruptedException;
    }

    /** What a client has sent. */
    public static final class Request {

        private final String head;
        private final String body;
        private final InetAddress from;

        Request(String head, String body, InetAddress from) {
            this.head = head;
            this.body = body;
            this.from = from;
        }

        /** The client's address. */
        public InetAddress from() {
            return from;
        }

        /** Request line and headers. */
        public String head() {
            return head;
        }

        public String body() {
            return body;
        }

        public String line() {
            return head.lines().findFirst().orElse("");
        }

        /** The header's value; empty if it was not sent. */
        public String header(String name) {
            Matcher header = Pattern.compile("(?im)^" + name + ": *(.*?)\r?$").matcher(head);
            return header.find() ? header.group(1) : "";
        }
    }

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicInteger connections = new AtomicInteger();

    /** @param answers gives the answer to each request */
    protected ScriptedServer(Supplier<Answer> answers) throws IOException {
        threads.execute(() -> {
            while (!server.isClosed()) {
                try {
                    Socket socket = server.accept();
                    connections.incrementAndGet();
                    threads.execute(() -> serve(socket, answers));
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    /** @param statusLine may bring headers of its own, after line breaks */
    public static Answer http(String statusLine, String body) {
        return raw(text(statusLine, body));
    }

    public static String text(String statusLine, String body) {
        return "HTTP/1.1 " + statusLine + "\r\nContent-Type: application/json\r\nContent-Length: "
                + body.getBytes(UTF_8).length + "\r\nConnection: close\r\n\r\n" + body;
    }

    public static Answer raw(String bytes) {
        return (out, self) -> out.write(bytes.getBytes(UTF_8));
    }

    /** Says no more, and leaves the connection open. */
    public static Answer hang(String bytes) {
        return (out, self) -> {
            out.write(bytes.getBytes(UTF_8));
            out.flush();
            self.end.await();
        };
    }

    /** One byte now and then, for ever. */
    protected static Answer drip(String head, Duration pause) {
        return (out, self) -> {
            out.write(head.getBytes(UTF_8));
            do {
                out.write(' ');
                out.flush();
            } while (!self.end.await(pause.toMillis(), MILLISECONDS));
        };
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    public Request request() throws InterruptedException {
        Request request = requests.poll(20, SECONDS);
        if (request == null) {
            throw new AssertionError("no request");
        }
        return request;
    }

    /** How many were made, whether or not a request came. */
    public int connections() {
        return connections.get();
    }

    /** Those that nobody has looked at. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    private void serve(Socket socket, Supplier<Answer> answers) {
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
            requests.add(new Request(
                    head.toString(), new String(in.readNBytes(bytes), ISO_8859_1), socket.getInetAddress()));
            answers.get().write(socket.getOutputStream(), this);
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
