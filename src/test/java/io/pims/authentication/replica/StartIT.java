package io.pims.authentication.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.replica.Installation.Driver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StartIT {

    private static final Pattern MIGRATIONS_APPLIED = Pattern.compile("(\\d+) migrations applied");

    private static final String SIXTEEN_BYTES = "MTIzNDU2Nzg5MDEyMzQ1Ng==";

    private Installation installation;

    @BeforeEach
    void open() {
        installation = new Installation(StartIT.class);
    }

    @AfterEach
    void close() {
        installation.close();
    }

    @Test
    void until_the_database_is_there_requests_are_refused_with_2001() {
        Installation.SERVER.stop();
        Replica replica = installation
                .launch(Map.of("pims.receipt.secret", "of the account"))
                .awaitAlive();

        Answer refusal = replica.ask(installation.issuer().token("anybody")).join();
        int readiness = replica.probe("ready");
        List<String> series = replica.metrics();
        Installation.SERVER.start();
        replica.awaitReady();
        Answer acceptance = replica.ask(installation.driver().token()).join();

        assertThat(refusal.status()).isEqualTo(503);
        assertThat(refusal.code()).isEqualTo(2001);
        assertThat(refusal.header("Retry-After")).matches("[1-9]\\d*");
        assertThat(readiness).isEqualTo(503);
        assertThat(acceptance.status()).isEqualTo(202);
        assertThat(series)
                .as("all that an alert or a panel counts, or increase() does not see the first event")
                .contains(
                        "pims_ready 0.0",
                        "pims_transactions_total{code=\"none\",outcome=\"accepted\"} 0.0",
                        "pims_transactions_total{code=\"2006\",outcome=\"misconfigured\"} 0.0",
                        "pims_transactions_total{code=\"2201\",outcome=\"late\"} 0.0",
                        "pims_transactions_total{code=\"2201\",outcome=\"no-answer\"} 0.0",
                        "pims_transactions_total{code=\"2202\",outcome=\"unreachable\"} 0.0",
                        "pims_transactions_total{code=\"2204\",outcome=\"refused\"} 0.0",
                        "pims_transactions_total{code=\"2204\",outcome=\"sim-swapped\"} 0.0",
                        "pims_requests_total{code=\"none\",operation=\"smscode\"} 0.0",
                        "pims_requests_total{code=\"2204\",operation=\"pincode\"} 0.0",
                        "pims_receipts_total{result=\"unauthentic\",road=\"none\"} 0.0",
                        "pims_sms_deliveries_total{country=\"FR\",road=\"vonage\",status=\"failed\"} 0.0",
                        "pims_notice_dropped_total{reason=\"age\"} 0.0",
                        "pims_notice_posts_total{outcome=\"failed\"} 0.0",
                        "pims_smscode_guesses_total{type=\"resetPIN\",verdict=\"wrong\"} 0.0",
                        "pims_smscode_spent_total{type=\"phoneNumberCertification\"} 0.0",
                        "pims_ratelimit_refusals_total{limit=\"user-3600s\"} 0.0",
                        "pims_ratelimit_refusals_total{limit=\"user-type-30s-resetPIN\"} 0.0",
                        "pims_ratelimit_refusals_total{limit=\"attempt-60s-reset\"} 0.0");
    }

    @Test
    void two_replicas_at_once_over_an_empty_database_make_each_migration_once() {
        List<Replica> replicas = installation.start(2, Map.of());

        assertThat(replicas).allMatch(Replica::isReady);
        // Flyway lets go of its lock after each migration, so that the two may take turns.
        long applied = replicas.stream().mapToLong(StartIT::appliedMigrations).sum();
        assertThat(applied)
                .isEqualTo(installation.count("SELECT count(*) FROM flyway_schema_history WHERE version IS NOT NULL"))
                .isEqualTo(installation.count("SELECT count(DISTINCT version) FROM flyway_schema_history"))
                .isPositive();
    }

    @Test
    void without_an_account_at_the_provider_requests_are_refused_with_2006() {
        List<Replica> replicas = List.of(
                installation.launch(Map.of("pims.sms.vonage.api-key", "")),
                installation.launch(Map.of("pims.sms.vonage.api-secret", "")),
                installation.launch(Map.of(
                        "pims.sms.vonage.api", "messages",
                        "pims.sms.vonage.api-key", "",
                        "pims.sms.vonage.api-secret", "")),
                installation.launch(Map.of("pims.sms.sender", "")));
        replicas.forEach(Replica::awaitReady);
        Driver driver = installation.driver();

        assertThat(replicas).allSatisfy(replica -> {
            Answer refusal = replica.ask(driver.token()).join();
            assertThat(refusal.status()).isEqualTo(503);
            assertThat(refusal.code()).isEqualTo(2006);
        });
        assertThat(installation.recorded()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pims.token.issuer",
                "pims.token.audience",
                "pims.smscode.keys",
                "pims.trustedphonenumber.encryption-keys",
                "pims.trustedphonenumber.hash-key",
                "pims.pincode.peppers",
            })
    void a_missing_setting_ends_it_with_one_line_that_names_it(String setting) {
        endsOver(setting, installation.launchWithout(setting));
    }

    @ParameterizedTest
    @CsvSource({
        "pims.smscode.keys, ''",
        "pims.smscode.keys, k1",
        "pims.smscode.keys, k1:this/is/not!base64",
        "pims.smscode.keys, k1:" + SIXTEEN_BYTES,
        "pims.trustedphonenumber.encryption-keys, k1:" + SIXTEEN_BYTES,
        "pims.trustedphonenumber.hash-key, k1:" + SIXTEEN_BYTES,
        "pims.pincode.peppers, k1:" + SIXTEEN_BYTES,
        "pims.pincode.length, 5",
        "pims.trustedphonenumber.countries, 'FR,ZZ'",
        "pims.ratelimit.user, 5 per hour",
        "pims.transaction.deadline, -5s",
        "pims.dispatch.attempt-timeout, 20s",
        "pims.dispatch.retry.delay, 5s",
        "pims.transaction.deadline, 3s",
        "pims.dispatch.sends-per-second, 0",
        "pims.sms.vonage.api, smoke",
        "pims.smscode.batch.size, 0",
        "pims.message.answer-timeout, 79s",
        "quarkus.http.idle-timeout, 79s",
        "pims.smscode.patience, 5s",
        "pims.proxy.trusted, gateway",
        "pims.proxy.header, x-real-ip",
        "quarkus.http.proxy.proxy-address-forwarding, true",
        "pims.sms.routes, vonage",
        "pims.sms.vonage.base-uri, http://rest.nexmo.com",
        "pims.sms.vonage.base-uri, rest.nexmo.com",
        "pims.sms.vonage.base-uri, https://api.nexmo.com",
        "pims.token.issuer, http://id.example/realms/pims",
        "pims.notice.webhook.url, http://backend.example/events",
        "pims.notice.webhook.max-waiting, 0",
        "pims.risk.sim-swap.mode, on",
        "pims.risk.sim-swap.max-age, 2401h",
    })
    void a_malformed_setting_ends_it_with_one_line_that_names_it(String setting, String value) {
        endsOver(setting, installation.launch(Map.of(setting, value)));
    }

    @ParameterizedTest
    @CsvSource({
        "pims.sms.routes.vonage.vonage.api-key, '', pims.sms.routes.vonage.vonage.api-key",
        "pims.sms.routes.vonage.countries, 'FR,BE', pims.sms.routes",
        "pims.sms.routes.other.provider, vonage, pims.sms.routes.other",
        "pims.sms.vonage.api-key, key, pims.sms.vonage.api-key",
        "pims.sms.vonage.api, messages, pims.sms.vonage.api",
        "pims.sms.vonage.clients, 4, pims.sms.vonage.clients",
        "pims.receipt.window, 1h, pims.receipt.window",
        "pims.sms.routes.vonage.receipt.method, md5-hash, pims.sms.routes.vonage.receipt.secret",
        "pims.sms.routes.vonage.webhook.clients, 4, pims.sms.routes.vonage.webhook",
        "pims.dispatch.sends-per-second, 30, pims.dispatch.sends-per-second",
    })
    void a_wrong_setting_of_a_road_ends_it_with_one_line_that_names_it(String setting, String value, String named) {
        Map<String, String> settings = new HashMap<>(Installation.WITHOUT_ONLY_ROAD);
        settings.putAll(Map.of(
                "pims.sms.routes", "vonage",
                "pims.sms.routes.vonage.provider", "vonage",
                "pims.sms.routes.vonage.vonage.api-key", "key",
                "pims.sms.routes.vonage.vonage.api-secret", "secret",
                "pims.sms.routes.vonage.vonage.connect-timeout", "500ms",
                "pims.sms.routes.vonage.vonage.read-timeout", "3s"));
        settings.put(setting, value);

        endsOver(named, installation.launch(settings));
    }

    @Test
    void half_of_an_account_for_the_Messages_API_ends_it_too() {
        Map<String, String> half = Map.of(
                "pims.sms.vonage.api", "messages",
                "pims.sms.vonage.application-id", "5f0c1e6a-1111-4222-8333-944445555666");

        endsOver("pims.sms.vonage.private-key", installation.launch(half));
    }

    @Test
    void a_secret_that_stands_twice_in_a_file_is_not_told(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("twice.properties"),
                "pims.receipt.secret=written-first\npims.receipt.secret=written-second\n");
        Replica replica = installation.launch(
                Map.of("smallrye.config.locations", file.toString(), "pims.smscode.batch.size", "0"));

        endsOver("pims.smscode.batch.size", replica);

        assertThat(replica.output()).doesNotContain("written-");
    }

    private static long appliedMigrations(Replica replica) {
        return MIGRATIONS_APPLIED
                .matcher(replica.output())
                .results()
                .mapToLong(told -> Long.parseLong(told.group(1)))
                .sum();
    }

    private static void endsOver(String setting, Replica replica) {
        assertThat(replica.awaitEnd(Duration.ofSeconds(60))).isPositive();
        String output = replica.output();
        assertThat(output.lines().filter(line -> line.contains(setting)))
                .as(output)
                .hasSize(1);
        assertThat(output.lines().filter(line -> line.startsWith("\tat ") || line.startsWith("Caused by")))
                .as(output)
                .isEmpty();
        assertThat(output).doesNotContain("this/is/not!base64", SIXTEEN_BYTES);
    }
}
