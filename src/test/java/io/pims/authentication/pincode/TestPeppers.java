package io.pims.authentication.pincode;

import io.pims.authentication.sms.TestConfig;
import java.util.Arrays;
import java.util.Base64;

/** Entries for {@code pims.pincode.peppers}. */
final class TestPeppers {

    static final String ONE = pepper("one", 1);
    static final String TWO = pepper("two", 2);

    private TestPeppers() {}

    static String pepper(String id, int fill) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) fill);
        return id + ":" + Base64.getEncoder().encodeToString(key);
    }

    /** @param changes key, value, key, value… */
    static PinCodeConfig config(String peppers, String... changes) {
        String[] all = Arrays.copyOf(changes, changes.length + 2);
        all[changes.length] = "pims.pincode.peppers";
        all[changes.length + 1] = peppers;
        return TestConfig.of(PinCodeConfig.class, all);
    }
}
