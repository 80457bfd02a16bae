package io.pims.authentication.receipt;

import com.vonage.client.auth.RequestSigning;
import com.vonage.client.auth.hashutils.HashType;
import io.pims.authentication.sandbox.FakeVonage;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** A receipt as Vonage documents it, signed at the present time by the code of Vonage's own SDK and not by ours. */
public final class SignedReceipt {

    private final SortedMap<String, String> parameters = new TreeMap<>(Map.ofEntries(
            Map.entry("msisdn", "33612345678"),
            Map.entry("to", "PIMS"),
            Map.entry("network-code", "20801"),
            Map.entry("messageId", "0A0000001234567B"),
            Map.entry("price", "0.03330000"),
            Map.entry("status", "delivered"),
            Map.entry("scts", "2611241229"),
            Map.entry("err-code", "0"),
            Map.entry("api-key", "abcd1234"),
            Map.entry("client-ref", UUID.randomUUID().toString()),
            Map.entry("message-timestamp", "2026-11-24 12:29:37"),
            Map.entry("nonce", UUID.randomUUID().toString())));

    public static SignedReceipt about(UUID transaction, String status) {
        return new SignedReceipt().with("client-ref", transaction.toString()).with("status", status);
    }

    public SignedReceipt with(String name, String value) {
        parameters.put(name, value);
        return this;
    }

    SignedReceipt without(String name) {
        parameters.remove(name);
        return this;
    }

    public SortedMap<String, String> signed() {
        return signed(FakeVonage.SIGNATURE_SECRET, HashType.HMAC_SHA256);
    }

    /** With a timestamp, which is the SDK's. */
    SortedMap<String, String> signed(String secret, HashType method) {
        SortedMap<String, String> signed = new TreeMap<>(parameters);
        signed.putAll(RequestSigning.getSignatureForRequestParameters(parameters, secret, method));
        return signed;
    }
}
