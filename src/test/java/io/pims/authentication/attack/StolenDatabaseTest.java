package io.pims.authentication.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.Conversation;
import io.pims.authentication.Database;
import io.pims.authentication.TestDriver;
import io.pims.authentication.sandbox.FakeVonage;
import io.pims.authentication.sandbox.ThrowawayIssuer;
import io.pims.authentication.trustedphonenumber.NumberVault;
import io.pims.authentication.trustedphonenumber.PhoneNumber;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Somebody has all tables and none of the keys, and tries what there is: numbers, codes, PINs and addresses are few enough
 * for that. So none of them may be there in clear, nor any hash that can be computed without a key.
 */
@QuarkusTest
class StolenDatabaseTest {

    private static final String TABLES = """
            SELECT table_name::text FROM information_schema.tables
            WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY table_name
            """;

    private static final List<String> DIGESTS =
            List.of("MD5", "SHA-1", "SHA-224", "SHA-256", "SHA-384", "SHA-512", "SHA3-256", "SHA3-512");

    /** What may stand before the word that is hashed, as far as the code and its history go, and some more. */
    private static final List<String> BEFORE = List.of(
            "",
            "+",
            "number:",
            "number/",
            "prefix:",
            "prefix/",
            "address:",
            "address/",
            "phoneNumberCertification",
            "phoneNumberCertification\n",
            "phoneNumberCertification:",
            "resetPIN\n",
            "addPhoneNumber\n");

    private static final String PIN = "590274";

    @Inject
    FakeVonage vonage;

    @Inject
    ThrowawayIssuer issuer;

    @Inject
    Database database;

    @Inject
    NumberVault vault;

    @BeforeEach
    void provider_is_as_it_should_be() {
        vonage.reset();
    }

    /** Without the reasons, which the help desk types: other tests put anything into them. */
    private String stolen() {
        StringBuilder all = new StringBuilder();
        for (Row table : database.execute(TABLES)) {
            String name = table.getString(0);
            for (Row row : database.execute("SELECT (to_jsonb(t) - 'reason')::text FROM \"" + name + "\" AS t")) {
                all.append(name).append(row.getString(0)).append('\n');
            }
        }
        return all.toString().toLowerCase(Locale.ROOT);
    }

    /** So much of each that a shortened one is found as well, and chance is not. */
    private static Stream<String> hashes(String word) {
        return BEFORE.stream()
                .flatMap(before -> DIGESTS.stream().flatMap(digest -> {
                    byte[] hash = digest(digest, before + word);
                    return Stream.of(
                            HexFormat.of().formatHex(hash, 0, 8),
                            Base64.getEncoder().encodeToString(hash).substring(0, 12));
                }));
    }

    private static byte[] digest(String algorithm, String text) {
        try {
            return MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The words that the thief finds by trying them. */
    private static List<String> found(String stolen, Stream<String> words) {
        return words.filter(word -> hashes(word).anyMatch(hash -> stolen.contains(hash.toLowerCase(Locale.ROOT))))
                .toList();
    }

    private static Stream<String> spellings(String e164) {
        String national = e164.substring(3);
        String inPairs = "0" + national.charAt(0) + national.substring(1).replaceAll("..", " $0");
        return Stream.of(
                e164, e164.substring(1), "00" + e164.substring(1), "0" + national, inPairs, e164.substring(1, 8));
    }

    private static Response certification(TestDriver driver, String typed, String key) {
        return driver.json()
                .header("Idempotency-Key", key)
                .header("Prefer", "wait=15")
                .body(Map.of("type", "phoneNumberCertification", "phoneNumber", typed))
                .post(TestDriver.SMSCODE);
    }

    @Test
    void numbers_codes_pins_and_addresses_are_not_found_by_trying_all_of_them() {
        TestDriver driver = TestDriver.someone(issuer);
        Conversation conversation = new Conversation(driver, issuer, vonage);
        String number = driver.number();
        certification(driver, "0" + number.substring(3), "first").then().statusCode(200);
        String certified = conversation.codeAt(number);
        conversation.adds(number, certified).then().statusCode(200);
        String reset = conversation.resetCode();
        conversation.resets("000000".equals(reset) ? "000001" : "000000", PIN);
        conversation.resets(reset, PIN).then().statusCode(200);

        String stolen = stolen();

        assertThat(stolen)
                .as("what is there of them is keyed")
                .contains(
                        HexFormat.of().formatHex(vault.hash(new PhoneNumber(number))), vault.addressHash("127.0.0.1"));
        assertThat(stolen).doesNotContain(number.substring(3), "127.0.0.1");
        assertThat(found(stolen, Stream.concat(spellings(number), Stream.of(certified, reset, PIN, "127.0.0.1"))))
                .isEmpty();
    }

    @Test
    void one_that_is_hashed_without_a_key_is_found() {
        String typed = "06 12 34 56 78";
        String fingerprint = HexFormat.of().formatHex(digest("SHA-256", "phoneNumberCertification\n" + typed));

        assertThat(found("\\x" + fingerprint, spellings("+33612345678"))).containsExactly(typed);
    }

    @Test
    void a_key_stands_for_a_number_however_it_is_typed_and_for_no_other() {
        TestDriver driver = TestDriver.someone(issuer);
        String number = driver.number();
        String first = certification(driver, number, "key").path("transactionId");

        Response typedOtherwise = certification(driver, "0" + number.substring(3), "key");
        Response another = certification(driver, TestDriver.someone(issuer).number(), "key");

        assertThat(typedOtherwise.<String>path("transactionId")).isEqualTo(first);
        assertThat(another.statusCode()).isEqualTo(422);
        driver.json()
                .header("Idempotency-Key", "key")
                .body(Map.of("type", "resetPIN"))
                .post(TestDriver.SMSCODE)
                .then()
                .statusCode(422);
        assertThat(vonage.messagesTo(number)).hasSize(1);
    }

    @Test
    void a_key_under_which_the_release_before_recorded_a_request_is_known() {
        TestDriver driver = TestDriver.someone(issuer);
        String first = certification(driver, driver.number(), "key").path("transactionId");
        database.execute(
                "UPDATE sms_transaction SET fingerprint = $2 WHERE user_id = $1",
                driver.name(),
                Buffer.buffer(digest("SHA-256", "phoneNumberCertification\n" + driver.number())));

        Response again = certification(driver, driver.number(), "key");

        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.<String>path("transactionId")).isEqualTo(first);
    }
}
