package io.pims.authentication.load;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** The response times of this run by the name of the request, to the millisecond: Gatling tells its own only in the report. */
final class ResponseTimes {

    /** Gatling gives a request up after it. */
    private static final int LONGEST_MS = 60_000;

    private final Map<String, AtomicIntegerArray> counts = new ConcurrentHashMap<>();

    void add(String request, int milliseconds) {
        counts.computeIfAbsent(request, first -> new AtomicIntegerArray(LONGEST_MS + 1))
                .incrementAndGet(Math.min(milliseconds, LONGEST_MS));
    }

    /** The shortest time that so many percent of the requests did not exceed (nearest rank); -1 if there were none. */
    int percentile(int percent, String request) {
        AtomicIntegerArray times = counts.getOrDefault(request, new AtomicIntegerArray(LONGEST_MS + 1));
        long all = 0;
        for (int ms = 0; ms <= LONGEST_MS; ms++) {
            all += times.get(ms);
        }
        long rank = Math.max(1, (all * percent + 99) / 100);
        long passed = 0;
        for (int ms = 0; ms <= LONGEST_MS; ms++) {
            passed += times.get(ms);
            if (passed >= rank) {
                return ms;
            }
        }
        return -1;
    }
}
