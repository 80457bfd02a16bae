package io.pims.authentication.risk;

import java.util.Locale;

/**
 * The answer to the question whether the SIM of a number was swapped lately.
 *
 * @param detail the status of the answer or the kind of the fault, for traces and logs; holds nothing personal
 */
public record SimSwap(Kind kind, String detail) {

    /** The classes of answers. */
    public enum Kind {
        NOT_SWAPPED,
        SWAPPED,
        /** The network can't tell of this number: it is not its own, or the network is not covered. */
        UNKNOWN_NUMBER,
        /** Our credentials, rights, address or parameters are bad: no question is answered until repaired. */
        MISCONFIGURED,
        /** Too many questions, says who is asked. */
        THROTTLED,
        /** We did not ask: the breaker is open, or too many questions are under way. */
        NOT_ASKED,
        /** Never left: unknown host, refused, no route, no connection in time. */
        UNREACHABLE,
        NO_ANSWER,
        /** A broken or senseless answer: 5xx, garbage, half an answer, a status nobody knows. */
        FAULT;

        /** Returns true if the SIM was swapped or was not. */
        boolean isAnswer() {
            return this == SWAPPED || this == NOT_SWAPPED;
        }

        /** Returns true if the circuit breaker counts it as a failure. */
        boolean isFailure() {
            return this == UNREACHABLE || this == NO_ANSWER || this == FAULT;
        }

        /** Returns the name as a label of metrics and spans. */
        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    static SimSwap of(boolean swapped, String detail) {
        return new SimSwap(swapped ? Kind.SWAPPED : Kind.NOT_SWAPPED, detail);
    }
}
