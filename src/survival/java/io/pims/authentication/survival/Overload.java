package io.pims.authentication.survival;

import io.pims.authentication.performance.Figures;
import io.pims.authentication.performance.Memory;
import io.pims.authentication.performance.Waits;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/**
 * Ten times what two replicas can take. On one machine the load generator could not offer that to the whole capacity,
 * so the database is made far away, and the capacity small.
 */
final class Overload implements Experiment {

    private static final int DELAY_MS = 60;
    private static final int BATCH = 16;
    private static final int QUEUE = 100;
    private static final int AT_ONCE = 150;
    private static final int MEASURED_S = 10;
    private static final int OVERLOAD_S = 30;
    private static final int BACK_S = 5;
    private static final int TIMES = 10;

    /** {@code pims.database.patience}, and the way there and back. */
    private static final double LONGEST_MS = 5_500;

    private static final double LONGEST_REFUSAL_MS = 1_000;
    private static final double GROWTH_MIB = 256;

    @Override
    public String what() {
        return "ten times as many requests for 30 s as were accepted a second just before, with a PostgreSQL that is"
                + " 120 ms away, and batches of 16 with a queue of 100, so that the load fits on one machine";
    }

    @Override
    public JsonObject run() {
        PostgreSql server = Ordinary.newServer("overload");
        Map<String, String> settings = Map.of(
                "pims.smscode.batch.size",
                Integer.toString(BATCH),
                "pims.smscode.batch.queue",
                Integer.toString(QUEUE));
        try (Proxy proxy = new Proxy(server.port(), DELAY_MS, new Random(1));
                Site site = new Site(
                                server,
                                Plan.of("overload", server)
                                        .hosts("127.0.0.1:" + proxy.port())
                                        .settings(settings))
                        .open()) {
            return run(site, server);
        }
    }

    private static JsonObject run(Site site, PostgreSql server) {
        Clients clients = site.clients();
        double capacity = accepted(site, MEASURED_S);
        double[] before = resident(site);
        List<Double> memory = new ArrayList<>();
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Void> watching = CompletableFuture.runAsync(() -> {
            while (!over.get()) {
                memory.add(sum(resident(site)));
                Waits.seconds(1);
            }
        });
        long begun = System.currentTimeMillis();
        clients.ask((int) (TIMES * capacity), OVERLOAD_S);
        long ended = System.currentTimeMillis();
        Waits.seconds(BACK_S);
        over.set(true);
        watching.join();
        double afterwards = accepted(site, MEASURED_S);
        JsonObject result = UnderLoad.settled(site, server);

        List<Asked> during = clients.log().stream()
                .filter(asked -> asked.at() >= begun && asked.at() <= ended)
                .toList();
        double[] accepted = tookMs(during.stream().filter(Asked::isAccepted).toList());
        double[] refused = tookMs(during.stream().filter(Asked::isRefused).toList());
        List<String> broken = new ArrayList<>();
        require(
                broken,
                Figures.percentile(accepted, 100) <= LONGEST_MS,
                "an accepted request took longer than the bound");
        require(broken, Figures.percentile(refused, 50) <= LONGEST_REFUSAL_MS, "half of the refusals came late");
        require(broken, Figures.percentile(refused, 100) <= LONGEST_MS, "a refusal took longer than the bound");
        require(
                broken,
                during.stream()
                        .filter(Asked::isRefused)
                        .allMatch(asked -> asked.status() == 503 && asked.code() == 2204 && asked.hasRetryAfter()),
                "a refusal was not 503, 2204 and Retry-After");
        require(broken, during.stream().allMatch(Asked::isAnswered), "a request was not answered");
        double most = memory.stream().mapToDouble(each -> each).max().orElse(0);
        require(broken, most - sum(before) <= GROWTH_MIB, "memory grew by more than " + GROWTH_MIB + " MiB");
        require(broken, afterwards >= 0.8 * capacity, "after 5 s the capacity was not back");
        JsonArray examples = result.getJsonArray("examples");
        broken.forEach(examples::add);
        return result.put("differences", result.getInteger("differences") + broken.size())
                .put("capacity", Figures.rounded(capacity))
                .put(
                        "residentMib",
                        new JsonArray(memory.stream().map(Figures::rounded).toList()))
                .put(
                        "remark",
                        ("Capacity %.0f a second before, %.0f from 5 s after on. Meanwhile %.0f a second were accepted, in"
                                        + " %.0f ms (p50) and %.0f ms at the most; the others were refused in %.0f ms (p50)"
                                        + " and %.0f ms (p99). Both replicas together held %.0f MiB before and %.0f MiB at the most")
                                .formatted(
                                        capacity,
                                        afterwards,
                                        accepted.length * 1_000.0 / (ended - begun),
                                        Figures.percentile(accepted, 50),
                                        Figures.percentile(accepted, 100),
                                        Figures.percentile(refused, 50),
                                        Figures.percentile(refused, 99),
                                        sum(before),
                                        most));
    }

    private static void require(List<String> broken, boolean holds, String otherwise) {
        if (!holds) {
            broken.add(otherwise);
        }
    }

    /** How many a second are accepted if a number of drivers ask at a time, each as soon as the one before is answered. */
    private static double accepted(Site site, int seconds) {
        Clients clients = site.clients();
        int known = clients.log().size();
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        List<CompletableFuture<Void>> drivers = IntStream.range(0, AT_ONCE)
                .mapToObj(each -> again(clients, end))
                .toList();
        drivers.forEach(CompletableFuture::join);
        List<Asked> log = clients.log();
        return log.subList(known, log.size()).stream().filter(Asked::isAccepted).count() / (double) seconds;
    }

    private static CompletableFuture<Void> again(Clients clients, long end) {
        return clients.begin()
                .toCompletionStage()
                .toCompletableFuture()
                .thenCompose(asked ->
                        System.nanoTime() < end ? again(clients, end) : CompletableFuture.completedFuture(null));
    }

    private static double[] tookMs(List<Asked> asked) {
        return asked.stream().mapToDouble(Asked::tookMs).toArray();
    }

    private static double[] resident(Site site) {
        return IntStream.range(0, Site.REPLICAS)
                .mapToDouble(place -> Memory.resident(site.replica(place).pid()))
                .toArray();
    }

    private static double sum(double[] figures) {
        return Arrays.stream(figures).sum();
    }
}
