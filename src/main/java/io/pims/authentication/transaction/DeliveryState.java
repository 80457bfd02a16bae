package io.pims.authentication.transaction;

/**
 * The delivery of an SMS, by the provider's receipts.
 *
 * @param errorCode the provider's err-code, 1 to 999999; 0 without one
 */
public record DeliveryState(DeliveryStatus status, int errorCode) {

    public static final DeliveryState SUBMITTED = new DeliveryState(DeliveryStatus.SUBMITTED, 0);

    /** Returns it as a structured field (RFC 8941), such as {@code failed;err-code=6}. */
    public String header() {
        return errorCode == 0 ? status.word() : status.word() + ";err-code=" + errorCode;
    }

    /**
     * True if this one replaces the other. For one status the greater err-code stays: the result must not depend on the
     * order in which receipts arrive.
     */
    public boolean supersedes(DeliveryState other) {
        return status == other.status ? errorCode > other.errorCode : status.compareTo(other.status) > 0;
    }
}
