package io.pims.authentication.sms.vonage;

import static io.pims.authentication.sms.vonage.TestVonage.APPLICATION;
import static io.pims.authentication.sms.vonage.TestVonage.PRIVATE_KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pims.authentication.configuration.WrongSetting;
import io.pims.authentication.sms.TestConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VonageAccountTest {

    private static final String PREFIX = "pims.sms.routes.first.vonage";

    @TempDir
    Path folder;

    /** @param settings name, value, … */
    private static Optional<VonageAccount> account(VonageApi api, String... settings) {
        Stream<String> named = Stream.concat(
                Stream.of("pims.sms.vonage.api", api.name()),
                Stream.iterate(0, i -> i < settings.length, i -> i + 1)
                        .map(i -> i % 2 == 0 ? "pims.sms.vonage." + settings[i] : settings[i]));
        return VonageAccount.of(PREFIX, TestConfig.of(VonageConfig.class, named.toArray(String[]::new)));
    }

    private static void wrong(String message, String... settings) {
        wrong(VonageApi.MESSAGES, message, settings);
    }

    private static void wrong(VonageApi api, String message, String... settings) {
        assertThatThrownBy(() -> account(api, settings))
                .isInstanceOf(WrongSetting.class)
                .hasMessage(PREFIX + "." + message)
                .hasNoCause();
    }

    @ParameterizedTest
    @CsvSource({
        "application-id, private-key",
        "private-key, application-id",
        "api-key, api-secret",
        "api-secret, api-key"
    })
    void half_a_pair_stops_the_start_and_names_the_other_half(String given, String missing) {
        wrong(missing + " is not set, but " + given + " is", given, "anything");
        wrong(
                missing + " is not set, but " + given + " is",
                Stream.concat(
                                Stream.of(given, "anything"),
                                given.startsWith("api")
                                        ? Stream.of("application-id", APPLICATION, "private-key", PRIVATE_KEY)
                                        : Stream.of("api-key", "k", "api-secret", "s"))
                        .toArray(String[]::new));
    }

    /** So that a typo shows before the account is moved. */
    @Test
    void an_application_is_looked_at_for_the_SMS_API_too() {
        for (VonageApi api : VonageApi.values()) {
            wrong(api, "private-key is not set, but application-id is", "application-id", APPLICATION);
            wrong(api, "application-id is not set, but private-key is", "private-key", PRIVATE_KEY);
            wrong(
                    api,
                    "private-key is neither a key in PEM nor a file that can be read",
                    "application-id",
                    APPLICATION,
                    "private-key",
                    "nowhere.key",
                    "api-key",
                    "k",
                    "api-secret",
                    "s");
        }
    }

    @Test
    void line_breaks_of_the_text_may_be_written_as_backslash_and_n() {
        assertThat(account(
                        VonageApi.MESSAGES,
                        "application-id",
                        APPLICATION,
                        "private-key",
                        PRIVATE_KEY.replaceAll("\\R", "\\\\n")))
                .isPresent();
    }

    @Test
    void a_file_is_read_up_to_its_bound() throws Exception {
        int bound = 16 * 1024;
        Path longest = Files.writeString(
                folder.resolve("longest.key"), PRIVATE_KEY + " ".repeat(bound - PRIVATE_KEY.length()));
        Path longer = Files.writeString(
                folder.resolve("longer.key"), PRIVATE_KEY + " ".repeat(bound + 1 - PRIVATE_KEY.length()));

        assertThat(account(VonageApi.MESSAGES, "application-id", APPLICATION, "private-key", longest.toString()))
                .isPresent();
        wrong(
                "private-key is a file of more than 16384 bytes, and so no key",
                "application-id",
                APPLICATION,
                "private-key",
                longer.toString());
    }

    @Test
    void half_a_pair_for_the_SMS_API_is_no_account_as_it_always_was() {
        assertThat(account(VonageApi.SMS, "api-key", "k")).isEmpty();
        assertThat(account(VonageApi.SMS, "api-secret", "s")).isEmpty();
        assertThat(account(VonageApi.SMS, "application-id", APPLICATION, "private-key", PRIVATE_KEY))
                .as("the SMS API takes no application")
                .isEmpty();
        assertThat(account(VonageApi.SMS, "api-key", "k", "api-secret", "s")).isPresent();
    }

    @Test
    void nothing_is_no_account() {
        assertThat(account(VonageApi.SMS)).isEmpty();
        assertThat(account(VonageApi.MESSAGES)).isEmpty();
    }

    @Test
    void the_key_is_text_or_the_path_of_a_file_as_secrets_are_mounted() throws Exception {
        Path file = Files.writeString(folder.resolve("private.key"), PRIVATE_KEY);

        assertThat(account(VonageApi.MESSAGES, "application-id", APPLICATION, "private-key", PRIVATE_KEY))
                .isPresent();
        assertThat(account(VonageApi.MESSAGES, "application-id", APPLICATION, "private-key", "\n" + PRIVATE_KEY))
                .isPresent();
        assertThat(account(VonageApi.MESSAGES, "application-id", APPLICATION, "private-key", file + "\n"))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"app", "5f0c1e6a", "5f0c1e6a111142228333944445555666"})
    void an_application_is_a_UUID(String id) {
        wrong(
                "application-id is not the id of an application, which is a UUID",
                "application-id",
                id,
                "private-key",
                PRIVATE_KEY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nowhere.key", "/nowhere/private.key", "/", "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC"})
    void what_is_neither_a_key_nor_a_file_stops_the_start(String key) {
        wrong(
                "private-key is neither a key in PEM nor a file that can be read",
                "application-id",
                APPLICATION,
                "private-key",
                key);
    }

    @Test
    void what_is_no_private_RSA_key_stops_the_start_and_is_not_told() throws Exception {
        String middle = PRIVATE_KEY.lines().skip(1).findFirst().orElseThrow();
        List<String> unusable = List.of(
                "-----BEGIN PRIVATE KEY-----",
                PRIVATE_KEY.replace(middle, middle.substring(4)),
                PRIVATE_KEY.substring(0, 400),
                PRIVATE_KEY.replace("PRIVATE", "RSA PRIVATE"),
                pem(
                        "PRIVATE",
                        KeyPairGenerator.getInstance("EC").generateKeyPair().getPrivate()),
                pem(
                        "PUBLIC",
                        KeyPairGenerator.getInstance("RSA").generateKeyPair().getPublic()),
                Files.writeString(folder.resolve("empty.key"), "").toString(),
                Files.writeString(folder.resolve("blank.key"), " \n").toString(),
                Files.writeString(folder.resolve("zeros.key"), "\0".repeat(16 * 1024))
                        .toString());

        for (String key : unusable) {
            wrong(
                    "private-key is no private RSA key in PEM that begins with -----BEGIN PRIVATE KEY-----",
                    "application-id",
                    APPLICATION,
                    "private-key",
                    key);
        }
    }

    @Test
    void a_file_of_any_length_is_not_read_into_memory() throws Exception {
        Path zeros = Files.writeString(folder.resolve("zeros.key"), "\0".repeat(1_000_000));

        wrong(
                "private-key is a file of more than 16384 bytes, and so no key",
                "application-id",
                APPLICATION,
                "private-key",
                zeros.toString());
    }

    private static String pem(String kind, Key key) {
        return "-----BEGIN " + kind + " KEY-----\n"
                + Base64.getEncoder().encodeToString(key.getEncoded())
                + "\n-----END " + kind + " KEY-----";
    }

    @Test
    void nothing_of_it_is_printed() {
        VonageAccount account = account(VonageApi.MESSAGES, "application-id", APPLICATION, "private-key", PRIVATE_KEY)
                .orElseThrow();

        assertThat(Arrays.asList(account.toString().split("[.@]"))).contains("VonageAccount");
    }
}
