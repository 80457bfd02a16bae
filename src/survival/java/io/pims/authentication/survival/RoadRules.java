package io.pims.authentication.survival;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * What may go by another road than the one before, and when. It goes by what the providers wrote down: how they treated a
 * call tells what its caller could know. A process that takes over from a dead one begins anew.
 */
final class RoadRules {

    private final Bounds bounds;
    private final BiConsumer<String, Object> differ;

    /** @param differ is told what does not fit, and of which transaction or process */
    RoadRules(Bounds bounds, BiConsumer<String, Object> differ) {
        this.bounds = bounds;
        this.differ = differ;
    }

    /** @param calls of the row's transaction, in their order */
    void transaction(Row row, List<Call> calls) {
        calls.stream().collect(groupingBy(Call::by)).values().forEach(byOne -> moves(row, byOne));
        Set<String> roads = calls.stream().map(Call::road).collect(toSet());
        roads.addAll(row.roads());
        boolean allCounted = calls.size() <= row.attempts();
        roads.forEach(road -> counts(
                row,
                road,
                calls.stream().filter(each -> each.road().equals(road)).toList(),
                allCounted));
    }

    private void moves(Row row, List<Call> calls) {
        for (int next = 1; next < calls.size(); next++) {
            Call call = calls.get(next);
            List<Call> before = calls.subList(0, next);
            before.stream()
                    .filter(Call::isRefused)
                    .findFirst()
                    .ifPresent(refusal -> differ.accept(
                            "tried again by %s though %s refused it".formatted(call.road(), refusal.road()), row.id()));
            before.stream()
                    .filter(each -> each.isUnclear() && !each.road().equals(call.road()))
                    .collect(groupingBy(Call::road))
                    .forEach((road, unclear) -> moved(row, call, road, unclear));
        }
    }

    /** @param unclear calls by another road, of which the caller can't know whether they sent the SMS */
    private void moved(Row row, Call call, String from, List<Call> unclear) {
        Duration after = Duration.ofMillis(call.at() - unclear.get(0).at());
        if (unclear.size() < bounds.unclearTries() && after.compareTo(bounds.held()) < 0) {
            differ.accept(
                    "moved to %s %d ms after an unclear call by %s".formatted(call.road(), after.toMillis(), from),
                    row.id());
        }
    }

    /** What the database says of the calls by a road against what its provider saw. */
    private void counts(Row row, String road, List<Call> calls, boolean allCounted) {
        long sms = calls.stream().filter(Call::isSms).count();
        if (allCounted && calls.size() > row.written(road) + row.unwritten()) {
            differ.accept(
                    "called %d times by %s, and %d recorded".formatted(calls.size(), road, row.written(road)),
                    row.id());
        }
        if (calls.size() < row.answered(road)) {
            differ.accept(
                    "called %d times by %s, and %d answers recorded".formatted(calls.size(), road, row.answered(road)),
                    row.id());
        }
        if (sms < row.accepted(road)) {
            differ.accept("%d SMS by %s, and %d recorded as sent".formatted(sms, road, row.accepted(road)), row.id());
        }
    }

    /**
     * Each process that calls at all is to call by a road again soon after it is back.
     *
     * @param calls of all transactions
     */
    void usedAgain(List<Return> returns, List<Call> calls) {
        for (Return back : returns) {
            long within = bounds.used().plus(back.underWay()).toMillis();
            Map<String, List<Call>> since = calls.stream()
                    .filter(each -> each.at() >= back.at() && each.at() <= back.at() + within)
                    .collect(groupingBy(Call::by));
            since.forEach((process, made) -> {
                if (made.stream().noneMatch(each -> each.road().equals(back.road()))) {
                    differ.accept("not used again within %d ms, %s by".formatted(within, back.road()), process);
                }
            });
        }
    }
}
