package io.pims.authentication.performance;

import io.pims.authentication.replica.Replica;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * Builds of the service side by side, to tell whether a change is faster: two replicas of each on one server, loaded
 * together, the builds in turn. The replicas of the others are stopped meanwhile. Name one build twice, and the
 * difference of the two is the noise.
 *
 * <p>{@code -Dbuilds=now=target/quarkus-app,again=target/quarkus-app,other=/folder;pims.a.setting=value}
 */
final class Builds implements Experiment {

    private static final int REPLICAS = 2;

    /**
     * What a replica has taken on for sending it goes on with after a round; the rest is gone with the tables. The tokens
     * of a round come again in the next one, and would be remembered in one of two rounds.
     */
    private static final Map<String, String> SETTINGS =
            Map.of("pims.transaction.in-flight", "100", "pims.token.cache.size", "0");

    /** HotSpot's first compiler alone is done within seconds, where both, level 4, take minutes for each replica. */
    private final List<String> java =
            TestBed.java(Replica.JAVA, 512, "-XX:TieredStopAtLevel=" + Options.number("tier", 1));

    private final int laps = Options.number("laps", 3);

    private final int rounds = Options.number("rounds", 8);
    private final int seconds = Options.number("seconds", 6);
    private final int drivers = Options.number("drivers", 60_000);
    private final int latencyMs = Options.number("latency", 250);
    private final int connections = Options.number("connections", 64);
    private final List<Build> builds = Arrays.stream(
                    System.getProperty("builds", "").split(","))
            .map(Build::of)
            .toList();

    /** A folder as Quarkus packages it, and what its replicas are to be told beside the usual settings. */
    private record Build(String name, Path folder, Map<String, String> settings) {

        static Build of(String text) {
            String[] parts = text.split(";");
            Map<String, String> settings = new LinkedHashMap<>();
            Arrays.stream(parts)
                    .skip(1)
                    .map(setting -> setting.split("=", 2))
                    .forEach(setting -> settings.put(setting[0], setting[1]));
            String[] named = parts[0].split("=", 2);
            if (named.length < 2) {
                throw new IllegalArgumentException("-Dbuilds=NAME=FOLDER[;KEY=VALUE...],... but not '" + text + "'");
            }
            return new Build(named[0], Path.of(named[1]).toAbsolutePath(), settings);
        }
    }

    @Override
    public JsonObject run() {
        // Pools of all replicas at once, of which all but two are stopped.
        Map<String, String> server = Map.of("max_connections", Integer.toString(100 + builds.size() * REPLICAS * 30));
        try (TestBed bed = new TestBed("builds", drivers, latencyMs, server)) {
            bed.prepare();
            Map<String, List<Replica>> replicas = new LinkedHashMap<>();
            Map<String, List<Sample>> samples = new LinkedHashMap<>();
            for (Build build : builds) {
                List<Replica> started = new ArrayList<>();
                Map<String, String> settings = new LinkedHashMap<>(SETTINGS);
                settings.putAll(build.settings());
                for (int replica = 0; replica < REPLICAS; replica++) {
                    started.add(bed.start(settings, java, build.folder()));
                }
                replicas.put(build.name(), started);
                samples.put(build.name(), new ArrayList<>());
                for (int lap = 0; lap < laps; lap++) {
                    load(bed, started);
                }
                System.out.println("warm: " + build.name());
                started.forEach(Replica::pause);
            }
            for (int round = 1; round <= rounds; round++) {
                for (Map.Entry<String, List<Replica>> build : replicas.entrySet()) {
                    build.getValue().forEach(Replica::resume);
                    Sample sample = load(bed, build.getValue());
                    build.getValue().forEach(Replica::pause);
                    samples.get(build.getKey()).add(sample);
                    System.out.printf(
                            "round %d, %s: %,.0f/s  p99 %.2f ms  CPU s %s%n",
                            round, build.getKey(), sample.perSecond(), sample.p99Ms(), sample.cpuSeconds());
                }
            }
            JsonObject result = new JsonObject();
            samples.forEach((name, each) -> result.put(name, Sample.median(each)));
            return result;
        }
    }

    /** One round over empty tables, at half of the connections each. */
    private Sample load(TestBed bed, List<Replica> replicas) {
        bed.empty(TestBed.DATABASE);
        bed.provider().clear();
        Sample sample = Sample.measure(
                new TreeMap<>(Map.of(
                        "postgresql",
                        bed.server()::cpuSeconds,
                        "service",
                        () -> replicas.stream()
                                .mapToDouble(replica -> CpuTime.of(replica.pid()))
                                .sum(),
                        "provider",
                        () -> CpuTime.of(bed.provider().pid()))),
                () -> together(bed, replicas));
        bed.empty(TestBed.DATABASE);
        replicas.forEach(Steady::awaitCalm);
        return sample;
    }

    private Load together(TestBed bed, List<Replica> replicas) {
        List<CompletableFuture<Load>> loads = new ArrayList<>();
        for (int index = 0; index < replicas.size(); index++) {
            int part = index;
            loads.add(CompletableFuture.supplyAsync(
                    () -> bed.post(replicas.get(part), connections / REPLICAS, seconds, part, REPLICAS)));
        }
        return Load.together(loads.stream().map(CompletableFuture::join).toList());
    }

    @Override
    public String markdown(JsonObject result) {
        StringBuilder text = new StringBuilder("""
                Two replicas of each build, loaded together by %d connections, in turn; medians of %d rounds. The ratio is
                to the first, round by round: median, least and most. By HotSpot's first compiler alone, so that what the
                second one would make cheap costs too much here.

                | build | per second | ratio | p99 ms | service's CPU, ms a request | PostgreSQL's |
                |---|---|---|---|---|---|
                """.formatted(connections, rounds));
        JsonObject first = result.getJsonObject(builds.get(0).name());
        for (Build build : builds) {
            JsonObject each = result.getJsonObject(build.name());
            double[] ratios = ratios(each.getJsonArray("rounds"), first.getJsonArray("rounds"));
            double requests = each.getDouble("perSecond") * seconds;
            text.append("| %s | %,.0f | %.3f (%.3f to %.3f) | %.2f | %.3f | %.3f |%n"
                    .formatted(
                            build.name(),
                            each.getDouble("perSecond"),
                            Figures.percentile(ratios, 50),
                            ratios[0],
                            ratios[ratios.length - 1],
                            each.getDouble("p99Ms"),
                            each.getJsonObject("cpuSeconds").getDouble("service") / requests * 1_000,
                            each.getJsonObject("cpuSeconds").getDouble("postgresql") / requests * 1_000));
        }
        return text.toString();
    }

    private static double[] ratios(JsonArray rounds, JsonArray first) {
        double[] ratios = new double[rounds.size()];
        for (int round = 0; round < ratios.length; round++) {
            ratios[round] = rounds.getJsonObject(round).getDouble("perSecond")
                    / first.getJsonObject(round).getDouble("perSecond");
        }
        Arrays.sort(ratios);
        return ratios;
    }
}
