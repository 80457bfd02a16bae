package io.pims.authentication.replica;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * The way to PostgreSQL, on which some answers take long. Understands the server's messages (PostgreSQL,
 * "Frontend/Backend Protocol", chapter "Message Formats").
 */
final class SlowDatabase implements AutoCloseable {

    private final ServerSocket server;
    private final int target;
    private final Duration delay;
    private final Predicate<Message> slow;

    private record Message(char type, byte[] body) {

        /** CommandComplete has the name of the command first. */
        boolean tellsOf(String command) {
            return type == 'C' && new String(body, StandardCharsets.US_ASCII).startsWith(command);
        }
    }

    private SlowDatabase(int target, Duration delay, Predicate<Message> slow) {
        this.target = target;
        this.delay = delay;
        this.slow = slow;
        try {
            this.server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    /** What is committed is told so much later. */
    static SlowDatabase afterCommits(int target, Duration delay) {
        return new SlowDatabase(target, delay, message -> message.tellsOf("COMMIT"));
    }

    /** What is locked, and read under the locks, is told so much later. */
    static SlowDatabase afterLocks(int target, Duration delay) {
        return new SlowDatabase(target, delay, message -> message.tellsOf("BEGIN"));
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Socket behind = new Socket(InetAddress.getLoopbackAddress(), target);
                client.setTcpNoDelay(true);
                behind.setTcpNoDelay(true);
                daemon(() -> ask(client, behind));
                daemon(() -> answer(behind, client));
            } catch (IOException closed) {
                // The server's, or a client that could not be served.
            }
        }
    }

    private static void ask(Socket client, Socket behind) {
        try (client;
                behind) {
            client.getInputStream().transferTo(behind.getOutputStream());
        } catch (IOException broken) {
            // Then so is the other half.
        }
    }

    private void answer(Socket behind, Socket client) {
        try (client;
                behind) {
            DataInputStream in = new DataInputStream(new BufferedInputStream(behind.getInputStream()));
            DataOutputStream out = new DataOutputStream(new BufferedOutputStream(client.getOutputStream()));
            while (true) {
                if (in.available() == 0) {
                    out.flush();
                }
                Message message = read(in);
                if (slow.test(message)) {
                    out.flush();
                    LockSupport.parkNanos(delay.toNanos());
                }
                out.writeByte(message.type());
                out.writeInt(message.body().length + Integer.BYTES);
                out.write(message.body());
            }
        } catch (IOException broken) {
            // Then so is the other half.
        }
    }

    private static Message read(DataInputStream in) throws IOException {
        char type = (char) in.readUnsignedByte();
        byte[] body = new byte[in.readInt() - Integer.BYTES];
        in.readFully(body);
        return new Message(type, body);
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "slow-database");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
