package io.pims.authentication.load;

import static io.gatling.javaapi.core.CoreDsl.dummy;
import static io.gatling.javaapi.core.CoreDsl.exec;

import io.gatling.javaapi.core.ChainBuilder;

/**
 * How many times the slower response time may be the quicker one. Both are of one run, so that a slow machine changes the
 * ratio little. Gatling's own assertions know no ratio, so each is a row in the report that may fail.
 *
 * @param slower whose percentile is above the line
 * @param quicker whose percentile is below it, taken as {@link #LEAST_MS} if it is less
 * @param atMost the highest ratio that passes
 */
record Ratio(Percentile slower, Percentile quicker, int atMost) {

    /** What a busy machine adds now and then is many times a few milliseconds, and says nothing about the service. */
    static final int LEAST_MS = 25;

    /** A percentile, 1 to 99, of the requests with a name. */
    record Percentile(int percent, String request) {

        int of(ResponseTimes times) {
            return times.percentile(percent, request);
        }

        @Override
        public String toString() {
            return "p" + percent + " of " + request;
        }
    }

    static Ratio tail(String request, int atMost) {
        return new Ratio(new Percentile(99, request), new Percentile(50, request), atMost);
    }

    static Ratio compared(String request, String base, int atMost) {
        return new Ratio(new Percentile(95, request), new Percentile(95, base), atMost);
    }

    ChainBuilder verdict(ResponseTimes times) {
        return exec(dummy(toString(), 1).withSuccess(session -> passes(times)));
    }

    boolean passes(ResponseTimes times) {
        int above = slower.of(times);
        int below = quicker.of(times);
        boolean passes = above >= 0 && below >= 0 && above <= atMost * Math.max(below, LEAST_MS);
        System.out.println((passes ? "Holds: " : "DOES NOT HOLD: ") + this + " (" + above + " ms to " + below + " ms)");
        return passes;
    }

    @Override
    public String toString() {
        return slower + " at most " + atMost + " times " + quicker;
    }
}
