package io.pims.authentication.survival;

import static java.util.Comparator.comparingLong;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * Holds three logs against each other that know nothing of one another: what the clients were told, what the database
 * has, what the provider was asked to send. No counter of the service is asked. What does not fit is told in words.
 */
final class Checker {

    private final Bounds bounds;
    private final Map<String, List<Asked>> requests;
    private final Map<UUID, Row> rows;
    private final Map<String, List<Call>> calls;
    private final List<Return> returns;
    private final RoadRules roads;
    private final List<String> differences = new ArrayList<>();

    /**
     * @param asked every try of every client
     * @param rows every transaction, read after the last of them had to be final
     * @param calls every call of the provider
     * @param returns of roads that were down
     */
    Checker(Bounds bounds, List<Asked> asked, List<Row> rows, List<Call> calls, List<Return> returns) {
        this.bounds = bounds;
        this.requests = asked.stream().collect(groupingBy(Asked::key, LinkedHashMap::new, toList()));
        this.rows = rows.stream().collect(toMap(Row::id, Function.identity()));
        this.calls = calls.stream().collect(groupingBy(Call::clientRef));
        this.returns = returns;
        this.roads = new RoadRules(bounds, this::differ);
    }

    /** Everything that does not fit, in no particular order; empty if all is well. */
    List<String> differences() {
        differences.clear();
        Map<String, Row> byKey = new HashMap<>();
        for (Row row : rows.values()) {
            if (byKey.put(String.valueOf(row.key()), row) != null) {
                differ("recorded twice under one key", row.id());
            }
            if (!requests.containsKey(String.valueOf(row.key()))) {
                differ("recorded, and nobody asked for it", row.id());
            }
        }
        requests.forEach((key, tries) -> request(tries, byKey.get(key)));
        rows.values().forEach(this::transaction);
        Set<String> known = rows.keySet().stream().map(UUID::toString).collect(toSet());
        calls.keySet().stream()
                .filter(clientRef -> !known.contains(clientRef))
                .forEach(clientRef -> differ("sent, and not recorded", clientRef));
        roads.usedAgain(returns, calls.values().stream().flatMap(List::stream).toList());
        return List.copyOf(differences);
    }

    private void differ(String what, Object which) {
        differences.add(what + ": " + which);
    }

    private void request(List<Asked> tries, Row row) {
        String key = tries.get(0).key();
        List<Asked> accepted = tries.stream().filter(Asked::isAccepted).toList();
        tries.stream()
                .filter(asked -> asked.isAnswered() && !asked.isEnvelope())
                .forEach(asked -> differ("answered without an envelope, " + asked.status(), key));
        if (accepted.isEmpty() && tries.stream().allMatch(Asked::isAnswered) && row != null) {
            differ("refused with " + tries.get(0).status() + ", yet recorded", key);
        }
        for (Asked asked : accepted) {
            if (row == null) {
                differ("accepted, and lost", key);
            } else if (!row.id().equals(asked.transaction())) {
                differ("accepted as another transaction than was recorded", key);
            } else if (!"PENDING".equals(asked.state()) && !row.status().equals(asked.state())) {
                differ("told to be " + asked.state() + ", and now " + row.status(), key);
            }
        }
    }

    private void transaction(Row row) {
        List<Call> mine = calls.getOrDefault(row.id().toString(), List.of()).stream()
                .sorted(comparingLong(Call::at))
                .toList();
        List<Call> sms = mine.stream().filter(Call::isSms).toList();
        if (!row.isFinal()) {
            differ("not final", row.id());
        } else if (row.finishedAt() - row.createdAt() > bounds.toFinal().toMillis()) {
            differ("final after " + (row.finishedAt() - row.createdAt()) + " ms", row.id());
        }
        if (row.status().equals("SUCCEEDED")
                && sms.stream().noneMatch(each -> each.messageId().equals(row.messageId()))) {
            differ("SUCCEEDED without the SMS that it names", row.id());
        }
        if (mine.stream().map(Call::content).distinct().count() > 1) {
            differ("sent with different texts or to different numbers", row.id());
        }
        sms.stream()
                .filter(each -> row.isFinal() && each.at() > row.finishedAt())
                .forEach(each -> differ(
                        "sent %d ms after its end, by %s".formatted(each.at() - row.finishedAt(), each.by()),
                        row.id()));
        counts(row, mine.size(), sms.size());
        roads.transaction(row, mine);
        for (int next = 1; next < sms.size(); next++) {
            Call before = sms.get(next - 1);
            long apart = sms.get(next).at() - before.at();
            if (!before.by().equals(sms.get(next).by())
                    && apart < bounds.apart().toMillis()) {
                differ(
                        "sent twice in one lease, %d ms apart, by %s and %s"
                                .formatted(apart, before.by(), sms.get(next).by()),
                        row.id());
            }
        }
    }

    /** What the database says of the calls against what the provider saw: equal, but where the end of one is unclear. */
    private void counts(Row row, int calls, int sms) {
        if (calls > row.attempts()) {
            differ("called " + calls + " times, and counted " + row.attempts(), row.id());
        }
        if (sms > Math.min(1, row.accepted()) + row.unclear()) {
            differ(sms + " SMS, though all but " + row.unclear() + " outcomes were known", row.id());
        }
    }
}
