package io.pims.authentication.performance;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What one round of load measured.
 *
 * @param perSecond requests answered each second
 * @param p50Ms median of their latency, milliseconds
 * @param p99Ms 99th percentile
 * @param cpuSeconds what each process worked meanwhile
 */
record Sample(double perSecond, double p50Ms, double p99Ms, Map<String, Double> cpuSeconds) {

    /** Runs a round of load, and sees what the processes named worked meanwhile, and what all others did. */
    static Sample measure(Map<String, Supplier<Double>> processes, Supplier<Load> round) {
        double machine = CpuTime.ofMachine();
        double client = CpuTime.ofEndedChildren();
        Map<String, Double> before = new LinkedHashMap<>();
        processes.forEach((name, cpu) -> before.put(name, cpu.get()));
        Load load = round.get();
        Map<String, Double> cpuSeconds = new LinkedHashMap<>();
        processes.forEach((name, cpu) -> cpuSeconds.put(name, cpu.get() - before.get(name)));
        cpuSeconds.put("client", CpuTime.ofEndedChildren() - client);
        double known =
                cpuSeconds.values().stream().mapToDouble(Double::doubleValue).sum();
        cpuSeconds.put("others", Math.max(0, CpuTime.ofMachine() - machine - known));
        return new Sample(load.perSecond(), load.p50Ms(), load.p99Ms(), cpuSeconds);
    }

    /** The median of each figure, with the rounds beside them. */
    static JsonObject median(List<Sample> rounds) {
        Map<String, Double> cpu = new LinkedHashMap<>();
        for (String process : rounds.get(0).cpuSeconds().keySet()) {
            cpu.put(process, Figures.median(rounds, round -> round.cpuSeconds().get(process)));
        }
        Sample median = new Sample(
                Figures.median(rounds, Sample::perSecond),
                Figures.median(rounds, Sample::p50Ms),
                Figures.median(rounds, Sample::p99Ms),
                cpu);
        JsonArray each = new JsonArray();
        rounds.forEach(round -> each.add(round.json()));
        return median.json().put("rounds", each);
    }

    private JsonObject json() {
        JsonObject cpu = new JsonObject();
        cpuSeconds.forEach((process, seconds) -> cpu.put(process, Figures.rounded(seconds)));
        return new JsonObject()
                .put("perSecond", Figures.rounded(perSecond))
                .put("p50Ms", Figures.rounded(p50Ms))
                .put("p99Ms", Figures.rounded(p99Ms))
                .put("cpuSeconds", cpu);
    }
}
