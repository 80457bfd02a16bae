package io.pims.authentication.survival;

import io.pims.authentication.performance.Conditions;
import io.pims.authentication.performance.Waits;
import io.pims.authentication.replica.Replica;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Runs one experiment, some, or all of them; writes what came out to {@code target/survival.json}. */
public final class Experiments {

    /** In the order of the page. */
    static final Map<String, Experiment> ALL = new LinkedHashMap<>();

    private static final Path RESULT = Path.of("target", "survival.json");
    private static final Random RANDOM = new Random(seed());

    static {
        add(new Ordinary(
                "kill-replica",
                "`kill -9` of one replica, of the other, of both at once, at random moments; each is started again",
                60,
                Experiments::killReplicas));
        add(new Ordinary(
                "stop-replica",
                "one replica stopped (SIGSTOP) for 14 s, then the other, then each for 5 s",
                75,
                Experiments::stopReplicas));
        add(new Ordinary(
                "kill-postgres",
                "`kill -9` of all processes of PostgreSQL, three times, started again each time",
                40,
                Experiments::killPostgreSql));
        ALL.put("pause-postgres", new PausePostgres());
        ALL.put("cut-commit", new CutCommit());
        ALL.put("promote-standby", new PromoteStandby());
        ALL.put("provider", new ProviderTrouble());
        ALL.put("roads", new RoadTrouble());
        add(new Ordinary(
                "rolling-restart",
                "SIGTERM to one replica, a new one in its place, then the same with the other",
                60,
                Experiments::restartInTurn));
        ALL.put("clock", new ClockOff());
        ALL.put("disk-full", new DiskFull());
        ALL.put("overload", new Overload());
        ALL.put("mutant", new Mutant());
    }

    private Experiments() {}

    private static void add(Ordinary experiment) {
        ALL.put(experiment.name(), experiment);
    }

    static long seed() {
        String wanted = System.getProperty("seed", "");
        return wanted.isEmpty() ? System.nanoTime() : Long.parseLong(wanted);
    }

    private static void killReplicas(Site site, PostgreSql server) {
        Replica first = site.replica(0);
        moment(2);
        first.kill();
        site.restoreReplicas();
        moment(4);
        site.replica(1).kill();
        site.restoreReplicas();
        moment(4);
        site.replica(0).kill();
        site.replica(1).kill();
        moment(2);
        site.restoreReplicas();
    }

    /** For longer than a lease, so that others take over what they hold, and for less. */
    private static void stopReplicas(Site site, PostgreSql server) {
        for (double seconds : new double[] {14, 5}) {
            for (int place = 0; place < Site.REPLICAS; place++) {
                moment(2);
                site.replica(place).pause();
                Waits.seconds(seconds);
                site.replica(place).resume();
                moment(4);
            }
        }
    }

    private static void killPostgreSql(Site site, PostgreSql server) {
        for (int time = 0; time < 3; time++) {
            moment(6);
            server.kill();
            moment(2);
            server.start();
        }
    }

    private static void restartInTurn(Site site, PostgreSql server) {
        for (int place = 0; place < Site.REPLICAS; place++) {
            moment(2);
            site.replica(place).terminate();
            site.replica(place).awaitEnd(Duration.ofSeconds(30));
            site.restoreReplicas();
        }
    }

    /** Some time up to so many seconds. */
    private static void moment(double atMost) {
        Waits.seconds(RANDOM.nextDouble() * atMost);
    }

    public static void main(String... arguments) throws IOException {
        List<String> names = arguments[0].equals("all") ? List.copyOf(ALL.keySet()) : List.of(arguments[0].split(","));
        for (String name : names) {
            if (!ALL.containsKey(name)) {
                System.err.println("No experiment " + name + "; there are all, " + String.join(", ", ALL.keySet()));
                System.exit(1);
            }
        }
        JsonObject results = new JsonObject();
        for (String name : names) {
            System.out.println("== " + name + ": " + ALL.get(name).what());
            long begun = System.nanoTime();
            JsonObject result = ALL.get(name).run();
            result.put("tookS", (System.nanoTime() - begun) / 1_000_000_000);
            results.put(name, result.put("conditions", Conditions.now(PostgreSql.program("postgres"))));
            System.out.println(SurvivalSection.table(results.copy()));
            result.getJsonArray("examples").forEach(example -> System.out.println("  " + example));
            Files.writeString(RESULT, results.encodePrettily() + "\n");
        }
        boolean survived = results.stream().allMatch(result -> survived((JsonObject) result.getValue()));
        if (survived && Boolean.getBoolean("commit")) {
            SurvivalSection.commit(results);
        }
        // The HTTP client and the tools of the tests may have threads that live on.
        System.exit(survived ? 0 : 1);
    }

    static boolean survived(JsonObject result) {
        return result.containsKey("skipped") || result.getInteger("differences") == 0;
    }
}
