package io.pims.authentication.trustedphonenumber;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** The trusted phone numbers on file. */
@ApplicationScoped
public class TrustedPhoneNumbers implements PanacheRepositoryBase<TrustedPhoneNumber, String> {

    private final NumberVault vault;

    public TrustedPhoneNumbers(NumberVault vault) {
        this.vault = vault;
    }

    /** The user's number; needs a session around it. */
    public Uni<Optional<PhoneNumber>> of(String user) {
        return findById(user).map(found -> Optional.ofNullable(found).map(number -> vault.open(number.sealed(), user)));
    }

    /** Puts the number on file in place of the one that is there, in a transaction of its own. */
    public Uni<Void> certify(String user, PhoneNumber number) {
        SealedNumber sealed = vault.seal(number, user);
        return Panache.withTransaction(() -> findById(user)
                .flatMap(found -> {
                    TrustedPhoneNumber kept = found == null ? new TrustedPhoneNumber() : found;
                    kept.userId = user;
                    kept.number = sealed.ciphertext();
                    kept.numberKeyId = sealed.keyId();
                    kept.numberHash = sealed.hash();
                    return persist(kept);
                })
                .replaceWithVoid());
    }
}
