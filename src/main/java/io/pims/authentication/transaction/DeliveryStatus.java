package io.pims.authentication.transaction;

import java.util.Arrays;
import java.util.Locale;

/**
 * How far the network brought an SMS, as the provider's receipts say; never more than a hint, and no part of the
 * transaction's own status. In the order of what is believed: a later constant takes an earlier one's place, never the
 * other way round, so that receipts may come in any order and as often as they like. DELIVERED is the last one because
 * an SMS that was sent twice has done its work when one of the two arrived.
 */
public enum DeliveryStatus {

    /** On its way: the provider took it, or a network has it. */
    SUBMITTED,

    /** The network did not bring it in time. */
    EXPIRED,

    /** The network could not bring it. */
    FAILED,

    /** The network or the provider did not want it. */
    REJECTED,

    /** It is on the phone, or at least in the last network. */
    DELIVERED;

    /** As it is told to clients and to metrics. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Those whose place this one takes. */
    public String[] weaker() {
        return Arrays.stream(values()).limit(ordinal()).map(Enum::name).toArray(String[]::new);
    }
}
