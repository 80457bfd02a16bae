package io.pims.authentication.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pims.authentication.replica.Installation.Driver;
import io.pims.authentication.sandbox.FreePort;
import io.pims.authentication.sandbox.UsedSecrets;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** One process of the production artefact. */
public final class Replica implements AutoCloseable {

    /** The JVM that this one is of. */
    public static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    public static final String SMSCODE = "/v1/authentication/smscode";

    private static final Path APPLICATION = Path.of(System.getProperty("quarkus.application.directory"));
    private static final String JAR = "quarkus-run.jar";
    private static final Path LOGS = Path.of("target", "replicas");

    /** A port may come again, and would lead to the log of another replica. */
    private static final AtomicInteger LAUNCHED = new AtomicInteger();

    private static final Duration LONGEST_START = Duration.ofSeconds(90);
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(60);
    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly)));
    }

    /** A native executable to be tested instead of the jar; empty where there is none. */
    private static final String EXECUTABLE = System.getProperty("native.executable", "");

    /** Quick to start, which is most of what the tests wait for. */
    private static final List<String> QUICK_JAVA =
            List.of(JAVA, "-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    /** Made with the first replica that asks for it. */
    private static final class Quick {

        private static final List<String> COMMAND = EXECUTABLE.isEmpty()
                ? jar(ClassDataArchive.addTo(QUICK_JAVA, APPLICATION.resolve(JAR)), APPLICATION)
                : List.of(EXECUTABLE, "-Xmx256m");
    }

    private final int port = FreePort.find();
    private final int managementPort = FreePort.find();
    private final List<String> command;
    private final Map<String, String> settings;
    private final Path log;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private Process process;

    private Replica(String name, Map<String, String> settings, List<String> command) {
        this.command = command;
        this.settings = settings;
        this.log = LOGS.resolve(
                "%s-%d-%d.log".formatted(name, ProcessHandle.current().pid(), LAUNCHED.incrementAndGet()));
    }

    /** Begins to start what is to be tested, the executable or the jar; {@link #awaitReady()} waits for it. */
    static Replica launch(String name, Map<String, String> settings) {
        return begin(name, settings, Quick.COMMAND);
    }

    /** The jar by another JVM: its executable and options. */
    static Replica launch(String name, Map<String, String> settings, List<String> java) {
        return launch(name, settings, java, APPLICATION);
    }

    /** The same from another folder than that of the build. */
    static Replica launch(String name, Map<String, String> settings, List<String> java, Path application) {
        return begin(name, settings, jar(java, application));
    }

    private static List<String> jar(List<String> java, Path application) {
        List<String> command = new ArrayList<>(java);
        command.addAll(List.of("-jar", application.resolve(JAR).toString()));
        return List.copyOf(command);
    }

    private static Replica begin(String name, Map<String, String> settings, List<String> command) {
        Replica replica = new Replica(name, settings, command);
        replica.launch();
        return replica;
    }

    /** Begins to start again, at the same port. */
    void launch() {
        try {
            Files.createDirectories(LOGS);
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            settings.forEach((key, value) -> builder.environment().put(variable(key), value));
            builder.environment().put("QUARKUS_HTTP_HOST", "127.0.0.1");
            builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
            builder.environment().put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
            builder.environment().put("QUARKUS_MANAGEMENT_PORT", Integer.toString(managementPort));
            process = builder.start();
            RUNNING.add(process);
            process.onExit().thenAccept(RUNNING::remove);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The name of a setting as an environment variable (MicroProfile Config 3.1, "Environment Variables Mapping"). */
    private static String variable(String setting) {
        return setting.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    public long pid() {
        return process.pid();
    }

    /** Where it answers, without a slash at the end. */
    public String address() {
        return "http://127.0.0.1:" + port;
    }

    /** Where health and metrics are. */
    URI management() {
        return URI.create("http://127.0.0.1:" + managementPort);
    }

    public Replica awaitReady() {
        return awaitProbe("ready");
    }

    /** Waits until it answers at all. */
    Replica awaitAlive() {
        return awaitProbe("live");
    }

    private Replica awaitProbe(String name) {
        await().atMost(LONGEST_START)
                .pollInterval(Duration.ofMillis(50))
                .failFast("it ended, see " + log, () -> !process.isAlive())
                .until(() -> probe(name) == 200);
        return this;
    }

    public boolean isReady() {
        return probe("ready") == 200;
    }

    /** The status of a probe's answer; 0 if there is none. */
    int probe(String name) {
        try {
            HttpRequest request =
                    request(management().resolve("/q/health/" + name)).GET().build();
            return http.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException none) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The series of Prometheus, each with its value. */
    public List<String> metrics() {
        HttpRequest request = request(management().resolve("/q/metrics"))
                .header("Accept", "text/plain")
                .build();
        return http.sendAsync(request, BodyHandlers.ofString())
                .join()
                .body()
                .lines()
                .map(line -> line.replace(",}", "}"))
                .toList();
    }

    /** Asks for a code; the future fails if there is no answer. */
    CompletableFuture<Answer> ask(String token, String... headers) {
        HttpRequest.Builder request = request(SMSCODE)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"type\":\"resetPIN\"}"));
        return send(request, headers);
    }

    CompletableFuture<Answer> get(String token, Answer transaction, String... headers) {
        return get(SMSCODE + "/" + transaction.id(), token, headers);
    }

    CompletableFuture<Answer> get(String path, String token, String... headers) {
        return send(request(path).header("Authorization", "Bearer " + token), headers);
    }

    CompletableFuture<Answer> delete(String path, String token) {
        return send(request(path).header("Authorization", "Bearer " + token).DELETE());
    }

    /** Anything but asking for a code, with a body of JSON. */
    CompletableFuture<Answer> send(String method, String path, String token, JsonObject body) {
        Stream.of("phoneNumber", "smsCode", "pinCode", "oldPIN", "newPIN")
                .filter(body::containsKey)
                .forEach(secret -> UsedSecrets.note(String.valueOf(body.getValue(secret))));
        return send(request(path)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body.encode())));
    }

    private CompletableFuture<Answer> send(HttpRequest.Builder request, String... headers) {
        HttpRequest built = (headers.length == 0 ? request : request.headers(headers)).build();
        return http.sendAsync(built, BodyHandlers.ofString()).thenApply(Answer::of);
    }

    private HttpRequest.Builder request(String path) {
        return request(uri(path));
    }

    private static HttpRequest.Builder request(URI uri) {
        return HttpRequest.newBuilder(uri).timeout(LONGEST_ANSWER);
    }

    URI uri(String path) {
        return URI.create(address() + path);
    }

    /** What was answered, and nothing for what was not because the replica died or its port was closed. */
    static List<Answer> answered(List<CompletableFuture<Answer>> requests) {
        List<Answer> answers = new ArrayList<>();
        for (CompletableFuture<Answer> request : requests) {
            try {
                answers.add(request.join());
            } catch (CompletionException unanswered) {
                if (!(unanswered.getCause() instanceof IOException)) {
                    throw unanswered;
                }
            }
        }
        return answers;
    }

    static List<Answer> all(List<CompletableFuture<Answer>> requests) {
        return requests.stream().map(CompletableFuture::join).toList();
    }

    /** Lets each driver ask for a code, all at once and each of the replicas in turn. All of them are accepted. */
    static List<Answer> askInTurn(List<Replica> replicas, List<Driver> drivers) {
        List<CompletableFuture<Answer>> requests = new ArrayList<>();
        drivers.forEach(driver ->
                requests.add(replicas.get(requests.size() % replicas.size()).ask(driver.token())));
        List<Answer> answers = all(requests);
        assertThat(answers).allMatch(Answer::isAccepted);
        return answers;
    }

    /** {@code kill -9}. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd(Duration.ofSeconds(10));
    }

    /** SIGSTOP. */
    public void pause() {
        signal("STOP");
    }

    /** SIGCONT. */
    public void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start();
            assertThat(kill.waitFor()).as("kill -%s", name).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    /** @return the exit code */
    public int awaitEnd(Duration atMost) {
        try {
            assertThat(process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS))
                    .as("ended within %s, see %s", atMost, log)
                    .isTrue();
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
    }
}
