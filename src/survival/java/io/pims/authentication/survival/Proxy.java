package io.pims.authentication.survival;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** The way to PostgreSQL, which can be long, and can break in the middle of a commit. */
final class Proxy implements AutoCloseable {

    private static final byte[] COMMIT = "COMMIT".getBytes(StandardCharsets.US_ASCII);
    private static final int BUFFER = 65_536;

    private final ServerSocket server;
    private final int target;
    private final long delayNanos;
    private final Random random;
    private final List<Link> links = new CopyOnWriteArrayList<>();
    private final AtomicInteger cuts = new AtomicInteger();
    private volatile double share;

    private record Link(Socket client, Socket server) {

        void cut() {
            close(client);
            close(server);
        }
    }

    /**
     * @param target a port on loopback
     * @param delayMs milliseconds each way
     */
    Proxy(int target, int delayMs, Random random) {
        this.target = target;
        this.delayNanos = delayMs * 1_000_000L;
        this.random = random;
        try {
            this.server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** @param newShare of the commits whose connection breaks before, within or after them */
    void cutCommits(double newShare) {
        share = newShare;
    }

    /** Breaks one of the connections, whatever it does at the moment. */
    void cutAny() {
        List<Link> all = List.copyOf(links);
        if (!all.isEmpty()) {
            all.get(random.nextInt(all.size())).cut();
            cuts.incrementAndGet();
        }
    }

    /** How many connections it broke. */
    int cuts() {
        return cuts.get();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                client.setTcpNoDelay(true);
                try {
                    Socket behind = new Socket(InetAddress.getLoopbackAddress(), target);
                    behind.setTcpNoDelay(true);
                    Link link = new Link(client, behind);
                    links.add(link);
                    daemon(() -> forward(link, client, behind, true));
                    daemon(() -> forward(link, behind, client, false));
                } catch (IOException refused) {
                    close(client);
                }
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void forward(Link link, Socket from, Socket to, boolean toServer) {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int length = in.read(buffer);
            while (length >= 0) {
                LockSupport.parkNanos(delayNanos);
                boolean cut = toServer && share > 0 && contains(buffer, length) && random.nextDouble() < share;
                if (cut) {
                    cuts.incrementAndGet();
                    // Nothing of it, half of it, or all of it arrives; the answer never does.
                    out.write(buffer, 0, length * random.nextInt(3) / 2);
                    break;
                }
                out.write(buffer, 0, length);
                length = in.read(buffer);
            }
        } catch (IOException broken) {
            // Then so is the other half.
        } finally {
            link.cut();
            links.remove(link);
        }
    }

    private static boolean contains(byte[] buffer, int length) {
        for (int start = 0; start + COMMIT.length <= length; start++) {
            if (Arrays.equals(buffer, start, start + COMMIT.length, COMMIT, 0, COMMIT.length)) {
                return true;
            }
        }
        return false;
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException closed) {
            // As was wanted.
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        links.forEach(Link::cut);
    }
}
