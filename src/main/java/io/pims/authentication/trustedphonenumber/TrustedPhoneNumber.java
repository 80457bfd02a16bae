package io.pims.authentication.trustedphonenumber;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** The row of the one number of a user that may receive codes. */
@Entity
@Table(name = "trusted_phone_number")
class TrustedPhoneNumber {

    @Id
    @Column(name = "user_id")
    String userId;

    byte[] number;

    @Column(name = "number_key_id")
    String numberKeyId;

    @Column(name = "number_hash")
    byte[] numberHash;

    String country;

    @Column(name = "prefix_hash")
    String prefixHash;

    @Column(name = "certified_at")
    Instant certifiedAt;

    @Column(name = "resets_held_until")
    Instant resetsHeldUntil;

    void set(String user, SealedNumber sealed) {
        userId = user;
        number = sealed.ciphertext();
        numberKeyId = sealed.keyId();
        numberHash = sealed.hash();
        Destination destination = sealed.destination();
        country = destination.isKnown() ? destination.country() : null;
        prefixHash = destination.prefixHash();
    }

    RetiredNumber retired() {
        return new RetiredNumber(sealed(), certifiedAt, resetsHeldUntil);
    }

    SealedNumber sealed() {
        return new SealedNumber(number, numberKeyId, numberHash, Destination.of(country, prefixHash));
    }
}
