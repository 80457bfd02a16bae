package io.pims.authentication.code;

import io.pims.authentication.keyring.KeyedRows;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Codes by the key that each is derived under, until their rows go: of an expired one it is still told that it was right. */
@ApplicationScoped
class RowsUnderCodeKeys implements KeyedRows {

    private static final String COUNT = KeyedRows.count("sms_code", "key_id");

    private final SmsCodes codes;

    RowsUnderCodeKeys(SmsCodes codes) {
        this.codes = codes;
    }

    @Override
    public String use() {
        return "code";
    }

    @Override
    public List<String> columns() {
        return List.of("sms_code.key_id");
    }

    @Override
    public List<String> keyIds() {
        return codes.keyIds();
    }

    @Override
    public String count() {
        return COUNT;
    }
}
