package io.pims.authentication.survival;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The figures of an experiment, from the same logs as the {@link Checker}'s. */
final class Tally {

    private Tally() {}

    static JsonObject of(List<Asked> asked, List<Row> rows, List<Call> calls) {
        Map<String, List<Asked>> requests = asked.stream().collect(groupingBy(Asked::key));
        Set<String> recorded = rows.stream().map(Row::key).collect(Collectors.toSet());
        List<String> unknown = requests.entrySet().stream()
                .filter(request -> request.getValue().stream().noneMatch(Asked::isAccepted))
                .filter(request -> !request.getValue().stream().allMatch(Asked::isAnswered))
                .map(Map.Entry::getKey)
                .toList();
        Map<String, Long> sms = calls.stream().filter(Call::isSms).collect(groupingBy(Call::clientRef, counting()));
        return new JsonObject()
                .put("requests", requests.size())
                .put(
                        "accepted",
                        requests.values().stream()
                                .filter(tries -> tries.stream().anyMatch(Asked::isAccepted))
                                .count())
                .put("refused", refused(requests))
                .put("unknown", unknown.size())
                .put(
                        "unknownRecorded",
                        unknown.stream().filter(recorded::contains).count())
                .put(
                        "succeeded",
                        rows.stream()
                                .filter(row -> row.status().equals("SUCCEEDED"))
                                .count())
                .put("failed", failed(rows))
                .put("calls", calls.size())
                .put("sms", sms.values().stream().mapToLong(Long::longValue).sum())
                .put(
                        "repeats",
                        sms.values().stream().mapToLong(count -> count - 1).sum())
                .put(
                        "longestToFinalMs",
                        rows.stream()
                                .filter(Row::isFinal)
                                .mapToLong(row -> row.finishedAt() - row.createdAt())
                                .max()
                                .orElse(0));
    }

    /** Requests that were refused in the end, by status and code. */
    private static JsonObject refused(Map<String, List<Asked>> requests) {
        return json(requests.values().stream()
                .filter(tries -> tries.stream().allMatch(Asked::isRefused))
                .map(tries -> tries.get(tries.size() - 1))
                .collect(groupingBy(last -> last.status() + "/" + last.code(), TreeMap::new, counting())));
    }

    private static JsonObject failed(List<Row> rows) {
        return json(rows.stream()
                .filter(row -> row.status().equals("FAILED"))
                .collect(groupingBy(row -> Integer.toString(row.errorCode()), TreeMap::new, counting())));
    }

    private static JsonObject json(Map<String, Long> counts) {
        JsonObject json = new JsonObject();
        counts.forEach(json::put);
        return json;
    }
}
