package io.pims.authentication.pincode;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** The PINs on file, for whoever helps a driver. Needs a session, what writes a SQL transaction around it. */
@ApplicationScoped
public class PinRecords {

    private final PinCodes pins;

    PinRecords(PinCodes pins) {
        this.pins = pins;
    }

    /** Returns what may be known of the user's PIN. */
    public Uni<PinState> state(String user) {
        return pins.setAt(user)
                .flatMap(setAt -> pins.isBlocked(user)
                        .map(blocked -> new PinState(setAt.isPresent(), blocked, setAt.orElse(null))));
    }

    /** Takes the user's PIN off file, and returns what was there; empty if none was. */
    public Uni<Optional<RetiredPin>> retire(String user) {
        return pins.retire(user);
    }

    /** Puts a PIN back as it was. */
    public Uni<Void> restore(String user, RetiredPin pin) {
        return pins.restore(user, pin);
    }

    /** Forgets the wrong tries in a row. */
    public Uni<Void> unblock(String user) {
        return pins.unblock(user);
    }
}
