package io.pims.authentication.pincode;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A user's PIN as a hash, and the number of wrong tries in a row. */
@Entity
@Table(name = "pin_code")
class PinCode {

    /** Wrong PINs in a row that block it. */
    static final int TRIES = 5;

    @Id
    @Column(name = "user_id")
    String userId;

    String hash;

    @Column(name = "pepper_id")
    String pepperId;

    int failures;

    @Column(name = "changed_at")
    Instant changedAt;

    /** The time at which it was last proved or set; of a new row PostgreSQL's own. */
    @Column(name = "proved_at", insertable = false)
    Instant provedAt;

    HashedPin hashed() {
        return new HashedPin(hash, pepperId);
    }

    void set(HashedPin pin, Instant now) {
        rehash(pin);
        failures = 0;
        changedAt = now;
        provedAt = now;
    }

    RetiredPin retired() {
        return new RetiredPin(hash, pepperId, failures, changedAt);
    }

    void restore(String user, RetiredPin pin) {
        userId = user;
        rehash(new HashedPin(pin.hash(), pin.pepperId()));
        failures = pin.failures();
        changedAt = pin.changedAt();
    }

    void rehash(HashedPin pin) {
        hash = pin.phc();
        pepperId = pin.pepperId();
    }
}
