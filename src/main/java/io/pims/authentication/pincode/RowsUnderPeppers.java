package io.pims.authentication.pincode;

import io.pims.authentication.keyring.KeyedRows;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** PINs by the pepper that each is hashed with. Nobody but its driver can have one hashed with another. */
@ApplicationScoped
class RowsUnderPeppers implements KeyedRows {

    private static final String COUNT = KeyedRows.count("pin_code", "pepper_id");

    private final PinHash hash;

    RowsUnderPeppers(PinHash hash) {
        this.hash = hash;
    }

    @Override
    public String use() {
        return "pin";
    }

    @Override
    public List<String> columns() {
        return List.of("pin_code.pepper_id");
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
