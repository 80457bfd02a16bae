package io.pims.authentication.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.vonage.client.auth.hashutils.HashType;
import io.pims.authentication.http.ApiException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureTest {

    private static final String SECRET = "sandbox-signature-secret-0123";
    private static final Instant SIGNED_AT = Instant.parse("2026-11-24T12:29:37Z");

    /** Computed by Python's hmac and hashlib over the text that Vonage's description leads to. */
    private static final String SHA256 = "60adbe70d47f527874ed09dbfbd8a2252b8256ec2fabca0a1da5bcf790e5b117";

    private static final String MD5 = "0c59d9f83e20d35a85296519bd0cfe2f";

    private static ThrowingCallable check(SignatureMethod method, Instant now, Map<String, String> parameters) {
        ReceiptSecret secret = new ReceiptSecret("vonage", SECRET, method, Duration.ofMinutes(5));
        Signature signature = new Signature(List.of(secret), Clock.fixed(now, ZoneOffset.UTC));
        return () -> signature.require(new TreeMap<>(parameters));
    }

    private static ThrowingCallable check(Map<String, String> parameters) {
        return check(SignatureMethod.HMAC_SHA256, SIGNED_AT, parameters);
    }

    private static SortedMap<String, String> receipt(String sig) {
        return new TreeMap<>(Map.ofEntries(
                Map.entry("msisdn", "33612345678"),
                Map.entry("to", "PIMS"),
                Map.entry("network-code", "20801"),
                Map.entry("messageId", "0A0000001234567B"),
                Map.entry("price", "0.03330000"),
                Map.entry("status", "delivered"),
                Map.entry("scts", "2611241229"),
                Map.entry("err-code", "0"),
                Map.entry("api-key", "abcd1234"),
                Map.entry("client-ref", "01a20d88-792b-7c20-9f8d-e5808c131fb9"),
                Map.entry("message-timestamp", "2026-11-24 12:29:37"),
                Map.entry("timestamp", "1795523377"),
                Map.entry("nonce", "aaaaaaaa-bbbb-cccc-dddd-0123456789ab"),
                Map.entry("sig", sig)));
    }

    private static void refused(ThrowingCallable check, String label) {
        assertThatThrownBy(check)
                .isInstanceOfSatisfying(ApiException.class, refusal -> {
                    assertThat(refusal.status()).isEqualTo(401);
                    assertThat(refusal.headers()).containsEntry("WWW-Authenticate", "Vonage-Signature");
                })
                .hasMessage(label);
    }

    @Test
    void signatures_that_were_computed_elsewhere_are_right() {
        assertThatCode(check(receipt(SHA256))).doesNotThrowAnyException();
        assertThatCode(check(receipt(SHA256.toUpperCase(Locale.ROOT)))).doesNotThrowAnyException();
        assertThatCode(check(SignatureMethod.MD5_HASH, SIGNED_AT, receipt(MD5))).doesNotThrowAnyException();
    }

    @Test
    void separators_in_values_are_signed_as_underscores_and_text_as_UTF_8() {
        SortedMap<String, String> receipt = receipt("6d1f42b0a28f3d147bfbbeba4884e1c7e85f514b9ee095605635ed3669fe636b");
        receipt.put("client-ref", "a&b=c é");
        assertThatCode(check(receipt)).doesNotThrowAnyException();

        receipt.put("sig", "3353246de1e02180bb8b41d071554314");
        assertThatCode(check(SignatureMethod.MD5_HASH, SIGNED_AT, receipt)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @EnumSource
    void what_the_SDK_of_Vonage_signs_is_right(SignatureMethod method) {
        HashType type = method == SignatureMethod.MD5_HASH ? HashType.MD5 : HashType.HMAC_SHA256;
        for (String clientRef : List.of("01a20d88-792b-7c20-9f8d-e5808c131fb9", "a&b=c", "ü €", "%26+ ")) {
            SortedMap<String, String> signed =
                    new SignedReceipt().with("client-ref", clientRef).signed(SECRET, type);

            assertThatCode(check(method, Instant.now(), signed)).doesNotThrowAnyException();
        }
    }

    /** Vonage's SDK for Java leaves it out of what is signed, the one for Node does not. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a50def4277cac001b5ffe3cae861d20e57254c25b1e87425b5211dcdb0cb87c4",
                "c17773a131950f92c3ab09a20a849fa7de09854b5656c2639cd341e2c41d5c43"
            })
    void a_parameter_without_a_value_may_be_signed_or_not(String sig) {
        assertThatCode(check(Map.of("status", "delivered", "network-code", "", "timestamp", "1795523377", "sig", sig)))
                .doesNotThrowAnyException();
    }

    @Test
    void a_changed_added_or_missing_parameter_is_noticed() {
        receipt(SHA256).keySet().stream().filter(name -> !name.equals("sig")).forEach(name -> {
            SortedMap<String, String> changed = receipt(SHA256);
            changed.merge(name, "1", String::concat);
            refused(check(changed), "Invalid sig parameter");
            changed.remove(name);
            refused(check(changed), "Invalid sig parameter");
        });
        SortedMap<String, String> more = receipt(SHA256);
        more.put("more", "1");
        refused(check(more), "Invalid sig parameter");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "60adbe70",
                "nope",
                "é",
                "60adbe70d47f527874ed09dbfbd8a2252b8256ec2fabca0a1da5bcf790e5b11"
            })
    void what_is_no_signature_is_invalid(String sig) {
        refused(check(receipt(sig)), "Invalid sig parameter");
    }

    @Test
    void a_signature_by_another_method_or_secret_is_invalid() {
        refused(check(receipt(MD5)), "Invalid sig parameter");
        refused(check(SignatureMethod.MD5_HASH, SIGNED_AT, receipt(SHA256)), "Invalid sig parameter");
        refused(
                check(
                        SignatureMethod.HMAC_SHA256,
                        Instant.now(),
                        new SignedReceipt().signed("another", HashType.HMAC_SHA256)),
                "Invalid sig parameter");
    }

    @Test
    void no_signature_is_missing() {
        SortedMap<String, String> receipt = receipt(SHA256);
        receipt.remove("sig");

        refused(check(receipt), "Missing sig parameter");
        refused(check(Map.of()), "Missing sig parameter");
    }

    @Test
    void without_a_secret_nothing_is_right() {
        Signature signature = new Signature(List.of(), Clock.fixed(SIGNED_AT, ZoneOffset.UTC));

        refused(() -> signature.require(receipt(SHA256)), "Invalid sig parameter");
    }

    /** Each road has an account of its own, and each account its secret. */
    @Test
    void one_of_several_secrets_is_enough_and_its_own_method_and_window_count() {
        ReceiptSecret older = new ReceiptSecret("older", "another", SignatureMethod.MD5_HASH, Duration.ofDays(1));
        ReceiptSecret signer = new ReceiptSecret("newer", SECRET, SignatureMethod.HMAC_SHA256, Duration.ofMinutes(5));
        Signature now = new Signature(List.of(older, signer), Clock.fixed(SIGNED_AT, ZoneOffset.UTC));
        Signature later =
                new Signature(List.of(older, signer), Clock.fixed(SIGNED_AT.plus(Duration.ofHours(1)), ZoneOffset.UTC));

        assertThat(now.require(receipt(SHA256))).containsExactly("newer");
        refused(() -> now.require(receipt(MD5)), "Invalid sig parameter");
        refused(() -> later.require(receipt(SHA256)), "Invalid timestamp parameter");
    }

    @Test
    void roads_that_share_an_account_signed_it_all_if_it_is_of_the_time_of_each() {
        ReceiptSecret first = new ReceiptSecret("first", SECRET, SignatureMethod.HMAC_SHA256, Duration.ofMinutes(5));
        ReceiptSecret second = new ReceiptSecret("second", SECRET, SignatureMethod.HMAC_SHA256, Duration.ofHours(1));
        Instant later = SIGNED_AT.plus(Duration.ofMinutes(30));

        assertThat(new Signature(List.of(first, second), Clock.fixed(SIGNED_AT, ZoneOffset.UTC))
                        .require(receipt(SHA256)))
                .containsExactly("first", "second");
        assertThat(new Signature(List.of(first, second), Clock.fixed(later, ZoneOffset.UTC)).require(receipt(SHA256)))
                .containsExactly("second");
    }

    @ParameterizedTest
    @CsvSource({"-301, false", "-300, true", "0, true", "300, true", "301, false"})
    void a_receipt_is_taken_within_the_window_of_its_time(int seconds, boolean taken) {
        ThrowingCallable check = check(SignatureMethod.HMAC_SHA256, SIGNED_AT.plusSeconds(seconds), receipt(SHA256));

        if (taken) {
            assertThatCode(check).doesNotThrowAnyException();
        } else {
            refused(check, "Invalid timestamp parameter");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "soon, 334b55e29d496ad28180af7e280c4935099cb66777351cb6dc4771b57aa08189",
        "-1795523377, 639a74b41a51dd929dcc8a10b46b554487bdaf566a8703a69a5f245af0ab0ebd",
        "1795523377.0, 99b011d40f5fc07a93a27420503f3eef4c307afb13d8d9c7cec8640a5692ba08",
        "99999999999999, 750798877c32becf00e2d76244aa5ddd0e936374b5145f45654a97c22c46cf89",
        "'1795523377 ', d3f1dc976245ac205d75bcf038a5d811ec6e7886e032f207628672623f2fa3bb"
    })
    void a_time_that_is_none_is_invalid_though_it_is_signed(String timestamp, String sig) {
        refused(
                check(Map.of("status", "delivered", "timestamp", timestamp, "sig", sig)),
                "Invalid timestamp parameter");
    }

    @Test
    void no_time_is_missing_though_that_is_signed() {
        String sig = "8cd6dea9297fb6e9fdaf40c7a63c29ed989263ff0856d548afa3293158955488";

        refused(check(Map.of("status", "delivered", "sig", sig)), "Missing timestamp parameter");
    }
}
