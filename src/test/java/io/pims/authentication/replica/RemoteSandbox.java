package io.pims.authentication.replica;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.pims.authentication.replica.Installation.Driver;
import io.pims.authentication.sandbox.Behaviour;
import io.pims.authentication.sandbox.FreePort;
import io.pims.authentication.sandbox.ProviderSettings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The calls of the sandbox that a load test needs, in the shape that they have in dev mode, for an installation that is
 * made of production artefacts. It trusts its caller: whatever is malformed is 500.
 */
final class RemoteSandbox implements AutoCloseable {

    private static final int THREADS = 4;
    private static final int NO_BODY = -1;

    private final Installation installation;
    private final Connection connection;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    /** What a call answers; null for no content. */
    private interface Call {
        String answer(HttpExchange exchange) throws IOException, SQLException;
    }

    RemoteSandbox(Installation installation) throws IOException {
        this.installation = installation;
        try {
            this.connection = installation.connect();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePort.find()), 0);
        server.setExecutor(threads);
        serve("/sandbox/token", exchange -> installation.issuer().token(parameter(exchange)));
        serve("/sandbox/drivers/", this::certify);
        serve("/sandbox/messages", this::messages);
        serve("/sandbox/provider", this::behave);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/sandbox");
    }

    private void serve(String path, Call call) {
        server.createContext(path, exchange -> {
            try (exchange) {
                String answer = call.answer(exchange);
                if (answer == null) {
                    exchange.sendResponseHeaders(204, NO_BODY);
                } else {
                    byte[] body = answer.getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                }
            } catch (SQLException | RuntimeException e) {
                System.err.println(exchange.getRequestURI() + ": " + e);
                exchange.sendResponseHeaders(500, NO_BODY);
            }
        });
    }

    private String certify(HttpExchange exchange) throws IOException, SQLException {
        String path = exchange.getRequestURI().getPath();
        Driver driver = new Driver(
                path.substring(path.lastIndexOf('/') + 1), body(exchange).getString("phoneNumber"), "");
        synchronized (connection) {
            installation.certify(connection, List.of(driver));
        }
        return null;
    }

    private String messages(HttpExchange exchange) {
        JsonArray messages = new JsonArray();
        installation
                .vonage()
                .messagesTo(parameter(exchange))
                .forEach(message -> messages.add(new JsonObject()
                        .put("to", message.to())
                        .put("from", message.from())
                        .put("text", message.text())
                        .put("clientRef", message.clientRef())
                        .put("receivedAt", message.receivedAt().toString())
                        .put("api", message.api().name().toLowerCase(Locale.ROOT))));
        return messages.encode();
    }

    private String behave(HttpExchange exchange) throws IOException {
        JsonObject wanted = body(exchange);
        Behaviour behaviour = Behaviour.valueOf(
                wanted.getString("behaviour").toUpperCase(Locale.ROOT).replace('-', '_'));
        installation.vonage().behave(new ProviderSettings(behaviour, wanted.getInteger("latencyMs", 0), true));
        return wanted.encode();
    }

    /** The value of the one parameter that each of these calls has. */
    private static String parameter(HttpExchange exchange) {
        String query = exchange.getRequestURI().getQuery();
        return query.substring(query.indexOf('=') + 1);
    }

    private static JsonObject body(HttpExchange exchange) throws IOException {
        return new JsonObject(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
