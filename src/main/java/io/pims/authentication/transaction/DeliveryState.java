package io.pims.authentication.transaction;

/**
 * What is known of an SMS's delivery.
 *
 * @param errorCode the provider's err-code, 1 to 999999; 0 where it gave none
 */
public record DeliveryState(DeliveryStatus status, int errorCode) {

    public static final DeliveryState SUBMITTED = new DeliveryState(DeliveryStatus.SUBMITTED, 0);

    /** As a structured field (RFC 8941), such as {@code failed;err-code=6}. */
    public String header() {
        return errorCode == 0 ? status.word() : status.word() + ";err-code=" + errorCode;
    }

    /**
     * Whether this one takes the other's place. Of two err-codes of one status the greater one stays, for no better
     * reason than that the end must not depend on the order.
     */
    public boolean supersedes(DeliveryState other) {
        return status == other.status ? errorCode > other.errorCode : status.compareTo(other.status) > 0;
    }
}
