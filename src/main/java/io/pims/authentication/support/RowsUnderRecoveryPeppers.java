package io.pims.authentication.support;

import io.pims.authentication.keyring.KeyedRows;
import io.pims.authentication.pincode.PinHash;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The PINs that recoveries took off file, by the pepper that each is hashed with. They end with the hold. */
@ApplicationScoped
class RowsUnderRecoveryPeppers implements KeyedRows {

    private static final String COUNT = KeyedRows.count("recovery", "pepper_id");

    private final PinHash hash;

    RowsUnderRecoveryPeppers(PinHash hash) {
        this.hash = hash;
    }

    @Override
    public String use() {
        return "recoverypin";
    }

    @Override
    public List<String> columns() {
        return List.of("recovery.pepper_id");
    }

    @Override
    public List<String> keyIds() {
        return hash.pepperIds();
    }

    @Override
    public String count() {
        return COUNT;
    }
}
