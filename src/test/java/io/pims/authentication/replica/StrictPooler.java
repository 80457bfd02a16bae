package io.pims.authentication.replica;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * In front of PostgreSQL as PgBouncer is: refuses a connection that begins with a parameter that it is not told to ignore,
 * in the same words, can refuse to LISTEN as a hot standby does, and all connections as a PostgreSQL that starts. All else
 * passes as it is.
 */
final class StrictPooler implements AutoCloseable {

    private static final int SSL_REQUEST = 80_877_103;

    private final int target;
    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile Set<String> refused;
    private volatile boolean noListen;
    private volatile boolean starting;

    StrictPooler(int target, String... refused) throws IOException {
        this.target = target;
        this.refused = Set.of(refused);
        this.server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** Is told to ignore everything. */
    void ignoreAll() {
        refused = Set.of();
    }

    /** Whether it refuses to LISTEN from now on, on connections that are there as well. */
    void refuseListen(boolean refuse) {
        noListen = refuse;
    }

    /** Whether it refuses connections from now on. */
    void refuseAll(boolean refuse) {
        starting = refuse;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                threads.execute(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket postgres = new Socket(InetAddress.getLoopbackAddress(), target)) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            byte[] start = in.readNBytes(in.readInt() - 4);
            if (ByteBuffer.wrap(start).getInt() == SSL_REQUEST) {
                client.getOutputStream().write('N');
                start = in.readNBytes(in.readInt() - 4);
            }
            if (starting) {
                refuse(client.getOutputStream(), "FATAL", "57P03", "the database system is starting up");
                return;
            }
            Optional<String> unknown = unknown(start);
            if (unknown.isPresent()) {
                refuse(client.getOutputStream(), "FATAL", "08P01", "unsupported startup parameter: " + unknown.get());
                return;
            }
            DataOutputStream out = new DataOutputStream(postgres.getOutputStream());
            out.writeInt(start.length + 4);
            out.write(start);
            threads.execute(() -> answers(postgres, client));
            while (true) {
                int type = in.read();
                if (type < 0) {
                    return;
                }
                byte[] body = in.readNBytes(in.readInt() - 4);
                if (noListen && type == 'Q' && new String(body, UTF_8).startsWith("LISTEN")) {
                    refuse(client.getOutputStream(), "ERROR", "25006", "cannot execute LISTEN during recovery");
                    client.getOutputStream().write(new byte[] {'Z', 0, 0, 0, 5, 'I'});
                    continue;
                }
                out.write(type);
                out.writeInt(body.length + 4);
                out.write(body);
            }
        } catch (IOException gone) {
            // The other side learns of it by its own connection.
        }
    }

    private Optional<String> unknown(byte[] start) {
        String[] words = new String(start, 4, start.length - 4, ISO_8859_1).split("\0");
        return Arrays.stream(words).filter(refused::contains).findFirst();
    }

    private static void answers(Socket postgres, Socket client) {
        try (client) {
            InputStream in = postgres.getInputStream();
            in.transferTo(client.getOutputStream());
        } catch (IOException gone) {
            // The other side learns of it by its own connection.
        }
    }

    private static void refuse(OutputStream out, String severity, String sqlState, String text) throws IOException {
        ByteArrayOutputStream fields = new ByteArrayOutputStream();
        for (String field : new String[] {"S" + severity, "V" + severity, "C" + sqlState, "M" + text, ""}) {
            fields.write(field.getBytes(UTF_8));
            fields.write(0);
        }
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write('E');
        new DataOutputStream(packet).writeInt(fields.size() + 4);
        fields.writeTo(packet);
        out.write(packet.toByteArray());
        out.flush();
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
