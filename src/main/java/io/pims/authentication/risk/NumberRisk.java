package io.pims.authentication.risk;

import io.pims.authentication.trustedphonenumber.PhoneNumber;
import io.smallrye.mutiny.Uni;
import java.util.UUID;

/** Somebody who knows what became of a phone number: an operator, or who speaks for several of them. */
public interface NumberRisk extends AutoCloseable {

    /**
     * Asks once whether the SIM of the number was swapped within {@code pims.risk.sim-swap.max-age}. Returns at once and
     * works when subscribed to. Whatever the network or the other side does is an answer, never a failure of the Uni, and
     * arrives within a time that the implementation bounds, on a thread that must not be blocked.
     *
     * @param transaction by which the other side may find the question in its log, if it can be told
     */
    Uni<SimSwap> simSwap(PhoneNumber number, UUID transaction);

    /** Ends its connections. What is asked from then on is not asked. */
    @Override
    void close();
}
