package io.pims.authentication.risk;

import io.smallrye.mutiny.Uni;
import java.util.UUID;

/** Keeps that a code was asked for while the SIM was new. */
public interface SwapRecord {

    /**
     * Records it.
     *
     * @param transaction for which the code is
     * @param refused true if no code is sent
     */
    Uni<Void> swapped(String user, UUID transaction, boolean refused);
}
