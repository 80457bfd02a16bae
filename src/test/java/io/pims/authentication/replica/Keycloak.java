package io.pims.authentication.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pims.authentication.sandbox.FreePort;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Keycloak in a process of its own. Its database is in memory: each start makes the realm of {@link #REALM_FILE} anew,
 * and new keys for it.
 */
final class Keycloak implements AutoCloseable {

    private static final Path REALM_FILE = Path.of("src", "test", "resources", "keycloak", "drivers-realm.json");
    private static final String PASSWORD = "password-of-a-test";
    private static final String KEY_PROVIDER = "org.keycloak.keys.KeyProvider";

    /** The first start builds what the next ones find. */
    private static final Duration LONGEST_START = Duration.ofSeconds(150);

    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(30);
    private static final int LINES_TO_TELL = 15;

    private final Path home;
    private final int port = FreePort.find();
    private final Path log = Path.of("target", "keycloak", "keycloak-" + port + ".log");
    private final String adminPassword = UUID.randomUUID().toString();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private Process process;

    /** @param home where the distribution was unpacked */
    Keycloak(Path home) {
        this.home = home;
        Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
    }

    String issuer() {
        return address() + "/realms/drivers";
    }

    private String address() {
        return "http://127.0.0.1:" + port;
    }

    /** Starts it, after a {@link #stop()} at the same port, and waits until the realm is there. */
    Keycloak start() {
        try {
            Path imports = Files.createDirectories(home.resolve("data").resolve("import"));
            Files.copy(REALM_FILE, imports.resolve("drivers-realm.json"), StandardCopyOption.REPLACE_EXISTING);
            ProcessBuilder builder = new ProcessBuilder(
                            home.resolve("bin")
                                    .resolve("kc.sh")
                                    .toAbsolutePath()
                                    .toString(),
                            "start-dev",
                            "--db=dev-mem",
                            "--http-host=127.0.0.1",
                            "--http-port=" + port,
                            "--import-realm")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().keySet().removeIf(name -> name.startsWith("KC_") || name.startsWith("JAVA"));
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            builder.environment().put("JAVA_OPTS_KC_HEAP", "-Xms64m -Xmx384m");
            builder.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", "admin");
            builder.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", adminPassword);
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("Keycloak can't be started from " + home, e);
        }
        await().atMost(LONGEST_START).pollInterval(Duration.ofMillis(250)).until(() -> !process.isAlive() || isThere());
        assertThat(process.isAlive()).as(() -> "Keycloak ended: " + lastLines()).isTrue();
        return this;
    }

    private boolean isThere() {
        try {
            return send(HttpRequest.newBuilder(URI.create(issuer()))).statusCode() == 200;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    private String lastLines() {
        try {
            List<String> lines = Files.readAllLines(log);
            return log + "\n"
                    + String.join("\n", lines.subList(Math.max(0, lines.size() - LINES_TO_TELL), lines.size()));
        } catch (IOException e) {
            return log + ", which can't be read: " + e;
        }
    }

    /** The token of a driver who logs in to an app. */
    String driverToken(String app, String driver) {
        return driverTokens(app, driver).getString("access_token");
    }

    /** All tokens of one login: {@code access_token}, {@code id_token} and {@code refresh_token}. */
    JsonObject driverTokens(String app, String driver) {
        return grant(
                issuer(),
                Map.of(
                        "grant_type", "password",
                        "client_id", app,
                        "username", driver,
                        "password", PASSWORD,
                        "scope", "openid"));
    }

    String driverToken(String driver) {
        return driverToken("driver-app", driver);
    }

    String backendToken() {
        return grant(
                        issuer(),
                        Map.of(
                                "grant_type", "client_credentials",
                                "client_id", "vehicle-backend",
                                "client_secret", "secret-of-a-test"))
                .getString("access_token");
    }

    private JsonObject grant(String realm, Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpResponse<String> response =
                send(HttpRequest.newBuilder(URI.create(realm + "/protocol/openid-connect/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(body)));
        JsonObject answer = new JsonObject(response.body());
        assertThat(response.statusCode())
                .as("token of %s: %s", form.get("client_id"), answer.getString("error_description"))
                .isEqualTo(200);
        return answer;
    }

    /** Has the realm sign by a new key. The old ones go on to be published. */
    void addKey() {
        long highest = keyProviders()
                .mapToLong(key -> Long.parseLong(
                        key.getJsonObject("config").getJsonArray("priority").getString(0)))
                .max()
                .orElseThrow();
        JsonObject config = new JsonObject()
                .put("priority", JsonArray.of(Long.toString(highest + 1)))
                .put("algorithm", JsonArray.of("RS256"))
                .put("keySize", JsonArray.of("2048"));
        JsonObject key = new JsonObject()
                .put("name", "rotated-" + highest)
                .put("parentId", "drivers")
                .put("providerType", KEY_PROVIDER)
                .put("providerId", "rsa-generated")
                .put("config", config);
        assertThat(admin("POST", "", key).statusCode()).isEqualTo(201);
    }

    /** Has the realm neither sign by the keys that it has nor publish them, but by a new one. */
    void replaceKeys() {
        List<JsonObject> old = keyProviders().toList();
        addKey();
        for (JsonObject key : old) {
            key.getJsonObject("config").put("enabled", JsonArray.of("false")).put("active", JsonArray.of("false"));
            assertThat(admin("PUT", "/" + key.getString("id"), key).statusCode())
                    .isEqualTo(204);
        }
    }

    /** Those for signatures. */
    private Stream<JsonObject> keyProviders() {
        return new JsonArray(admin("GET", "?type=" + KEY_PROVIDER, null).body())
                .stream()
                        .map(JsonObject.class::cast)
                        .filter(key -> key.getString("providerId").equals("rsa-generated"));
    }

    private HttpResponse<String> admin(String method, String path, JsonObject body) {
        String token = grant(
                        address() + "/realms/master",
                        Map.of(
                                "grant_type", "password",
                                "client_id", "admin-cli",
                                "username", "admin",
                                "password", adminPassword))
                .getString("access_token");
        return send(HttpRequest.newBuilder(URI.create(address() + "/admin/realms/drivers/components" + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.encode())));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(LONGEST_ANSWER).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    void stop() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The script, and the JVM that it may have started. */
    private void kill() {
        if (process != null) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    @Override
    public void close() {
        if (process != null) {
            stop();
        }
    }
}
