package io.pims.authentication.transaction;

import java.util.Arrays;
import java.util.Locale;

/**
 * The delivery of an SMS, by the provider's receipts. It is a hint, and no part of the transaction's status. A later
 * constant replaces an earlier one, never the other way round, so receipts may arrive in any order and repeatedly.
 * DELIVERED is last: an SMS that was sent twice has done its work once one of the two arrived.
 */
public enum DeliveryStatus {

    /** On its way: the provider took it, or a network has it. */
    SUBMITTED,

    /** The network did not deliver it in time. */
    EXPIRED,

    /** The network could not deliver it. */
    FAILED,

    /** The network or the provider refused it. */
    REJECTED,

    /** The phone has it, or at least its network. */
    DELIVERED;

    /** Returns the name that clients and metrics see. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the names of the statuses that this one replaces. */
    public String[] weaker() {
        return Arrays.stream(values()).limit(ordinal()).map(Enum::name).toArray(String[]::new);
    }
}
