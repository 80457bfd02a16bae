package io.pims.authentication.performance;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a load generator saw: as many requests at a time as there are connections, each at once after the one before.
 *
 * @param requests how many were answered, refusals included
 * @param perSecond those a second
 * @param p50Ms median latency, milliseconds
 * @param p99Ms 99th percentile of it
 * @param errors statuses of 400 and above, and requests without an answer
 */
record Load(long requests, double perSecond, double p50Ms, double p99Ms, long errors) {

    /** As many as a machine with two processors can use, and the same for both generators. */
    static final int THREADS = 2;

    private static final Path SCRIPTS = Path.of("src", "performance", "load");
    private static final Pattern TPS = Pattern.compile("tps = ([\\d.]+)");

    /** Sums up what generators saw that ran at the same time; the latencies are those of the worst. */
    static Load together(List<Load> loads) {
        return new Load(
                loads.stream().mapToLong(Load::requests).sum(),
                loads.stream().mapToDouble(Load::perSecond).sum(),
                loads.stream().mapToDouble(Load::p50Ms).max().orElseThrow(),
                loads.stream().mapToDouble(Load::p99Ms).max().orElseThrow(),
                loads.stream().mapToLong(Load::errors).sum());
    }

    /** wrk with one of our scripts. */
    static Load wrk(String script, String url, int connections, int seconds, Object... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Tools.wrk(),
                "-t" + THREADS,
                "-c" + connections,
                "-d" + seconds,
                "--timeout",
                "10",
                "-s",
                SCRIPTS.resolve(script).toString(),
                url,
                "--"));
        Arrays.stream(arguments).map(Object::toString).forEach(command::add);
        String output = Command.run(command);
        JsonObject seen = new JsonObject(output.lines()
                .filter(line -> line.startsWith("{"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(output)));
        return new Load(
                seen.getLong("requests"),
                seen.getDouble("perSecond"),
                seen.getDouble("p50Ms"),
                seen.getDouble("p99Ms"),
                seen.getLong("errors"));
    }

    /** pgbench, prepared, with one of our scripts. */
    static Load pgbench(
            String script, int port, String database, int connections, int seconds, Map<String, ?> variables) {
        Path folder = temporaryFolder();
        List<String> command = new ArrayList<>(List.of(
                Tools.postgresql("pgbench"),
                "-n",
                "-M",
                "prepared",
                "-c" + connections,
                "-j" + THREADS,
                "-T" + seconds,
                "--log",
                "--log-prefix=" + folder.resolve("log"),
                "-f",
                SCRIPTS.resolve(script).toString(),
                "-h",
                "127.0.0.1",
                "-p" + port,
                "-U" + PostgreSqlServer.USER));
        variables.forEach((name, value) -> command.addAll(List.of("-D", name + "=" + value)));
        command.add(database);
        Matcher tps = TPS.matcher(Command.run(command));
        if (!tps.find()) {
            throw new IllegalStateException("pgbench told no tps");
        }
        double[] latencies = latencies(folder);
        return new Load(
                latencies.length,
                Double.parseDouble(tps.group(1)),
                Figures.percentile(latencies, 50),
                Figures.percentile(latencies, 99),
                0);
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("pgbench");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In milliseconds; the log's third column is microseconds. Takes the folder away. */
    private static double[] latencies(Path folder) {
        try (Stream<Path> logs = Files.list(folder)) {
            List<Double> latencies = new ArrayList<>();
            for (Path log : logs.toList()) {
                try (Stream<String> lines = Files.lines(log)) {
                    lines.forEach(line -> latencies.add(Double.parseDouble(line.split(" ")[2]) / 1_000));
                }
                Files.delete(log);
            }
            Files.delete(folder);
            return latencies.stream().mapToDouble(Double::doubleValue).toArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
