package io.pims.authentication.sandbox;

import io.pims.authentication.trustedphonenumber.Destination;
import io.pims.authentication.trustedphonenumber.NumberVault;
import io.pims.authentication.trustedphonenumber.PhoneNumber;
import io.pims.authentication.trustedphonenumber.SealedNumber;
import io.quarkus.arc.profile.IfBuildProfile;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;

/** Puts numbers on file without a code, in place of those that are there. The service itself can't. */
@Singleton
@IfBuildProfile(anyOf = {"dev", "test"})
class CertifiedNumbers {

    private static final String PUT = """
            INSERT INTO trusted_phone_number (user_id, number, number_key_id, number_hash, country, prefix_hash)
            VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (user_id) DO UPDATE SET number = excluded.number, number_key_id = excluded.number_key_id,
                number_hash = excluded.number_hash, country = excluded.country, prefix_hash = excluded.prefix_hash,
                resets_held_until = NULL
            """;

    private final NumberVault vault;
    private final Pool pool;

    CertifiedNumbers(NumberVault vault, Pool pool) {
        this.vault = vault;
        this.pool = pool;
    }

    /** Needs a migrated database. */
    Uni<Void> certify(String user, PhoneNumber number) {
        SealedNumber sealed = vault.seal(number, user);
        Destination destination = sealed.destination();
        Tuple row = Tuple.from(new Object[] {
            user,
            Buffer.buffer(sealed.ciphertext()),
            sealed.keyId(),
            Buffer.buffer(sealed.hash()),
            destination.isKnown() ? destination.country() : null,
            destination.prefixHash()
        });
        return pool.preparedQuery(PUT).execute(row).replaceWithVoid();
    }
}
