package io.pims.authentication.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Speaks PostgreSQL's protocol (version 3.0) as far as a connection and simple queries go, and answers as a test says:
 * what a standby, a pooler or a server that is in trouble says can be had from no healthy one.
 */
public final class ScriptedPostgres implements AutoCloseable {

    private static final int SSL_REQUEST = 80_877_103;
    private static final Reply SILENCE = out -> false;

    /** The answer to a statement, or to the packet that a connection starts with. */
    @FunctionalInterface
    public interface Reply {

        /** @return whether the connection goes on */
        boolean write(DataOutputStream out) throws IOException;
    }

    /** Decides about what a connection starts with, and about each statement. */
    public interface Script {

        default Reply start(Map<String, String> parameters) {
            return welcome();
        }

        Reply query(String sql);
    }

    private final ServerSocket server;
    private final Script script;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<String> queries = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    public ScriptedPostgres(Script script) throws IOException {
        this.script = script;
        this.server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
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

    /** Lets the client in. */
    public static Reply welcome() {
        return out -> {
            message(out, 'R', packet -> packet.writeInt(0));
            for (String parameter : List.of("client_encoding UTF8", "server_version 15.0")) {
                message(out, 'S', packet -> {
                    for (String word : parameter.split(" ")) {
                        text(packet, word);
                    }
                });
            }
            message(out, 'K', packet -> packet.writeLong(1));
            return ready(out);
        };
    }

    /** Has done what was asked for. */
    public static Reply done(String tag) {
        return out -> {
            message(out, 'C', packet -> text(packet, tag));
            return ready(out);
        };
    }

    /** A row of one boolean. */
    public static Reply row(boolean value) {
        return out -> {
            message(out, 'T', packet -> {
                packet.writeShort(1);
                text(packet, "value");
                packet.writeInt(0);
                packet.writeShort(0);
                packet.writeInt(16);
                packet.writeShort(1);
                packet.writeInt(-1);
                packet.writeShort(0);
            });
            message(out, 'D', packet -> {
                packet.writeShort(1);
                packet.writeInt(1);
                packet.write(value ? 't' : 'f');
            });
            return done("SELECT 1").write(out);
        };
    }

    /** Refuses the statement, and is there for the next. */
    public static Reply refusal(String sqlState, String text) {
        return out -> {
            error(out, "ERROR", sqlState, text);
            return ready(out);
        };
    }

    /** Refuses and closes. */
    public static Reply fatal(String sqlState, String text) {
        return out -> {
            error(out, "FATAL", sqlState, text);
            out.flush();
            return false;
        };
    }

    /** Closes without a word. */
    public static Reply hangUp() {
        return out -> false;
    }

    /** Says no more, and leaves the connection open. */
    public static Reply silence() {
        return SILENCE;
    }

    /** Where it listens; without TLS. */
    public PgConnectOptions options() {
        return new PgConnectOptions()
                .setHost("127.0.0.1")
                .setPort(port())
                .setDatabase("pims")
                .setUser("pims")
                .setPassword("not-asked-for")
                .setSslMode(SslMode.DISABLE);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Every statement, in the order of arrival. */
    public List<String> queries() {
        return List.copyOf(queries);
    }

    /** Returns the number of statements that begin so. */
    public long asked(String beginning) {
        return queries.stream().filter(sql -> sql.startsWith(beginning)).count();
    }

    /** Connections that are open now. */
    public int open() {
        return open.size();
    }

    /** The most that were open at a time. */
    public int most() {
        return most.get();
    }

    /** Connections that were opened so far. */
    public int connections() {
        return connections.get();
    }

    /** Closes all connections without a word. */
    public void cut() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
    }

    private void serve(Socket socket) {
        open.add(socket);
        connections.incrementAndGet();
        most.accumulateAndGet(open.size(), Math::max);
        try (socket) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            Map<String, String> parameters = start(in, out);
            boolean on = give(script.start(parameters), in, out);
            while (on) {
                int type = in.read();
                if (type < 0 || type == 'X') {
                    return;
                }
                byte[] body = in.readNBytes(in.readInt() - 4);
                if (type == 'Q') {
                    String sql = new String(body, 0, body.length - 1, UTF_8);
                    queries.add(sql);
                    on = give(script.query(sql), in, out);
                }
            }
        } catch (IOException clientGone) {
            // The test looks at the client, not at this end.
        } finally {
            open.remove(socket);
        }
    }

    private static boolean give(Reply reply, DataInputStream in, DataOutputStream out) throws IOException {
        if (reply == SILENCE) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return reply.write(out);
    }

    private static Map<String, String> start(DataInputStream in, DataOutputStream out) throws IOException {
        byte[] packet = in.readNBytes(in.readInt() - 4);
        if (ByteBuffer.wrap(packet).getInt() == SSL_REQUEST) {
            out.write('N');
            packet = in.readNBytes(in.readInt() - 4);
        }
        String[] words = new String(packet, 4, packet.length - 4, UTF_8).split("\0");
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int at = 0; at + 1 < words.length; at += 2) {
            parameters.put(words[at], words[at + 1]);
        }
        return parameters;
    }

    private static boolean ready(DataOutputStream out) throws IOException {
        message(out, 'Z', packet -> packet.write('I'));
        out.flush();
        return true;
    }

    private static void error(DataOutputStream out, String severity, String sqlState, String text) throws IOException {
        message(out, 'E', packet -> {
            text(packet, "S" + severity);
            text(packet, "V" + severity);
            text(packet, "C" + sqlState);
            text(packet, "M" + text);
            packet.write(0);
        });
    }

    private interface Body {
        void write(DataOutputStream packet) throws IOException;
    }

    private static void message(DataOutputStream out, char type, Body body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        body.write(new DataOutputStream(bytes));
        out.write(type);
        out.writeInt(bytes.size() + 4);
        bytes.writeTo(out);
    }

    private static void text(DataOutputStream packet, String text) throws IOException {
        packet.write(text.getBytes(UTF_8));
        packet.write(0);
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut();
        threads.shutdownNow();
    }
}
