package io.pims.authentication.performance;

import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.sandbox.SandboxDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * No statement reads a large table from end to end. Every SQL text that a class of the service holds in a constant is
 * explained, new ones by themselves; beside them what Hibernate makes of the Panache queries.
 */
@QuarkusTest
class StatementPlansTest {

    private static final String ROOT = "io.pims.authentication.";
    private static final Path CLASSES = Path.of("target", "classes");
    private static final int ROWS = 100_000;

    private static final Pattern SCAN =
            Pattern.compile("(?:Seq Scan|(?<index>Index (?:Only )?Scan (?:Backward )?using \\w+)) on (?<table>\\w+)");

    private static final Set<String> LARGE = Set.of(
            "notice_outbox",
            "notice_queue",
            "pin_code",
            "pin_code_absent",
            "rate_limit",
            "recovery",
            "security_event",
            "sms_code",
            "sms_conversion",
            "sms_transaction",
            "sms_velocity",
            "trusted_phone_number");

    /** Of Hibernate, as its log shows them, with all columns as a star. */
    private static final Map<String, String> OF_PANACHE = Map.ofEntries(
            Map.entry("PinCodes.findById", "SELECT * FROM pin_code WHERE user_id = $1 FOR NO KEY UPDATE"),
            Map.entry(
                    "PinCodes.update",
                    "UPDATE pin_code SET failures = failures - 1 WHERE user_id = $1 AND failures > 0"),
            Map.entry("SmsCodes.findById", "SELECT * FROM sms_code WHERE user_id = $1 AND type = $2 FOR NO KEY UPDATE"),
            Map.entry(
                    "SmsCodes.spend",
                    "UPDATE sms_code SET spent_at = now() WHERE user_id = $1 AND type = $2 AND id = $3 AND spent_at IS NULL"),
            Map.entry(
                    "TrustedPhoneNumbers.findById",
                    "SELECT * FROM trusted_phone_number WHERE user_id = $1 FOR NO KEY UPDATE"),
            Map.entry(
                    "TrustedPhoneNumbers.count",
                    "SELECT count(*) FROM trusted_phone_number WHERE number_hash = $1 AND user_id <> $2"),
            Map.entry(
                    "TrustedPhoneNumbers.update",
                    "UPDATE trusted_phone_number SET resets_held_until = $1 WHERE user_id = $2"),
            Map.entry(
                    "SecurityEvents.page",
                    "SELECT * FROM security_event WHERE user_id = $1 AND id < $2 ORDER BY id DESC FETCH FIRST $3 ROWS ONLY"),
            Map.entry(
                    "SecurityEvents.first",
                    "SELECT * FROM security_event WHERE user_id = $1 ORDER BY id DESC FETCH FIRST $2 ROWS ONLY"),
            Map.entry("PinCodes.delete", "DELETE FROM pin_code WHERE user_id = $1"),
            Map.entry("SmsCodes.end", "UPDATE sms_code SET spent_at = now() WHERE user_id = $1 AND spent_at IS NULL"),
            Map.entry("TrustedPhoneNumbers.delete", "DELETE FROM trusted_phone_number WHERE user_id = $1"),
            Map.entry(
                    "TrustedPhoneNumbers.hold",
                    "UPDATE trusted_phone_number SET resets_held_until = $1 WHERE user_id = $2 AND resets_held_until < $1"),
            Map.entry("Recoveries.findById", "SELECT * FROM recovery WHERE user_id = $1 FOR NO KEY UPDATE"));

    /**
     * With more keys than there ever are: under one of a few there are so many rows that PostgreSQL takes a bite from the front
     * of the table, which the pool's setting does not let it.
     */
    private static final List<String> FILL = List.of("""
            INSERT INTO trusted_phone_number (user_id, number, number_key_id, number_hash)
            SELECT 'user-' || n, '\\x00', 'k' || n %% 1000, sha256(n::text::bytea) FROM generate_series(1, %d) AS n""", """
            INSERT INTO pin_code (user_id, hash, pepper_id)
            SELECT 'user-' || n, repeat('x', 90), 'k' || n %% 1000 FROM generate_series(1, %d) AS n""", """
            INSERT INTO pin_code_absent (user_id, failures, tried_at)
            SELECT 'somebody-' || n, 1, now() FROM generate_series(1, %d) AS n""", """
            INSERT INTO sms_code (user_id, type, id, key_id, number_hash, expires_at)
            SELECT 'user-' || n, 'resetPIN', gen_random_uuid(), 'k' || n %% 1000, sha256(n::text::bytea), now()
            FROM generate_series(1, %d) AS n""", """
            INSERT INTO rate_limit (subject, arrivals, idle_at)
            SELECT 'user/user-' || n, '{"user-3600s": 1795530000000000}', now() FROM generate_series(1, %d) AS n""", """
            INSERT INTO recovery (user_id, state, requested_by, requested_at, approvals, confirmed_by, confirmed_at, ends_at,
                number, number_key_id, number_hash, pin_hash, pepper_id)
            SELECT 'user-' || n, 'DONE', 'agent', now(), 1, 'agent', now(), now(), '\\x00', 'k' || n %% 1000,
                sha256(n::text::bytea), repeat('x', 90), 'k' || n %% 1000
            FROM generate_series(1, %d) AS n""", """
            INSERT INTO sms_velocity (subject, hours, begins_at, sent)
            SELECT 'prefix/' || n %% 5000, 24, date_trunc('day', now()) - make_interval(days => n / 5000), 1
            FROM generate_series(1, %d) AS n""", """
            INSERT INTO sms_conversion (country, issued_at, sends)
            SELECT 'FR', now(), 1 FROM generate_series(1, %d)""", """
            INSERT INTO security_event (id, user_id, what, transaction_id)
            SELECT gen_random_uuid(), 'user-' || n %% 10000, 'pincode.reset', gen_random_uuid()
            FROM generate_series(1, %d) AS n""", """
            INSERT INTO notice_outbox (id, user_id, event_id, what, transaction_id)
            SELECT n, 'user-' || n %% 10000, gen_random_uuid(), 'pincode.reset', gen_random_uuid()
            FROM generate_series(1, %d) AS n""", """
            INSERT INTO notice_queue (user_id, recorded, due_at)
            SELECT 'user-' || n, n, CASE WHEN n %% 100 > 0 THEN now() + make_interval(secs => n) END
            FROM generate_series(1, %d) AS n""", """
            INSERT INTO sms_transaction (id, user_id, type, number, number_key_id, number_hash, language, brand,
                idempotency_key, status, created_at, deadline, finished_at, attempts, lease, lease_until)
            SELECT gen_random_uuid(), 'user-' || n, 'resetPIN', sha256(n::text::bytea), 'k', sha256(n::text::bytea), 'en',
                '', 'key-' || n, CASE WHEN n <= 100 THEN 'PENDING' ELSE 'SUCCEEDED' END, now(), now(),
                CASE WHEN n > 100 THEN now() END, 1, 1, now()
            FROM generate_series(1, %d) AS n""");

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String url;

    @Inject
    Pool pool;

    private final String database = "plans_" + UUID.randomUUID().toString().replace("-", "");

    private void fill() throws SQLException {
        create();
        for (String insert : FILL) {
            execute(urlOf(database), insert.formatted(ROWS));
        }
        execute(urlOf(database), "VACUUM (ANALYZE)");
    }

    private void create() throws SQLException {
        execute(url, "CREATE DATABASE " + database);
        Flyway.configure()
                .dataSource(urlOf(database), SandboxDatabase.USER, SandboxDatabase.PASSWORD)
                .load()
                .migrate();
    }

    @AfterEach
    void drop() throws SQLException {
        execute(url, "DROP DATABASE IF EXISTS " + database + " WITH (FORCE)");
    }

    @Test
    void every_statement_finds_its_rows_by_an_index() throws Exception {
        fill();
        Map<String, String> statements = statements();

        assertThat(scans(statements, "SELECT")).isEmpty();
        assertThat(statements.keySet())
                .as("statements that were found")
                .contains(
                        "transaction.TransactionTable.CLAIM",
                        "transaction.TransactionTable.DELETE_OLD",
                        "transaction.TransactionTable.FINISH")
                .hasSizeGreaterThan(15);
    }

    /**
     * Such a plan is kept while the table grows, until somebody analyses it. A sweep comes once an hour; autovacuum looks
     * each minute.
     */
    @Test
    void not_even_a_table_that_PostgreSQL_takes_to_be_empty_is_read_from_end_to_end() throws Exception {
        create();
        execute(urlOf(database), "VACUUM (ANALYZE)");

        Map<String, String> statements = statements();
        statements.keySet().removeIf(name -> name.endsWith(".SWEEP"));

        assertThat(scans(statements, "SET enable_seqscan = " + ofThePool("enable_seqscan")))
                .isEmpty();
        assertThat(plans(statements, "SET enable_seqscan = " + ofThePool("enable_seqscan")).entrySet().stream()
                        .filter(plan -> plan.getValue().toString().contains("Seq Scan on"))
                        .map(Map.Entry::getKey))
                .as("scans that have no other way: until version 17 they are so dear that PostgreSQL compiles them")
                .isEmpty();
        assertThat(scans(statements, "SELECT"))
                .as("without the pool's setting there is something to see")
                .isNotEmpty();
    }

    private String ofThePool(String setting) {
        return pool.query("SHOW " + setting)
                .execute()
                .await()
                .atMost(Duration.ofSeconds(30))
                .iterator()
                .next()
                .getString(0);
    }

    private List<String> scans(Map<String, String> statements, String before) throws SQLException {
        List<String> scans = new ArrayList<>();
        plans(statements, before)
                .forEach((name, plan) -> scanned(plan).forEach(table -> scans.add(name + " reads all of " + table)));
        return scans;
    }

    private Map<String, List<String>> plans(Map<String, String> statements, String before) throws SQLException {
        Map<String, List<String>> plans = new LinkedHashMap<>();
        try (Connection connection = connect(urlOf(database));
                Statement statement = connection.createStatement()) {
            statement.execute(before);
            for (Map.Entry<String, String> each : statements.entrySet()) {
                List<String> plan = plans.computeIfAbsent(each.getKey(), name -> new ArrayList<>());
                try (ResultSet lines =
                        statement.executeQuery("EXPLAIN (GENERIC_PLAN) " + scaled(positional(each.getValue())))) {
                    while (lines.next()) {
                        plan.add(lines.getString(1));
                    }
                }
            }
        }
        return plans;
    }

    @Test
    void a_scan_of_a_whole_table_is_noticed() {
        assertThat(scanned(List.of("  ->  Parallel Seq Scan on sms_transaction x  (cost=0.00..1.00 rows=1 width=1)")))
                .containsExactly("sms_transaction");
        assertThat(scanned(List.of(
                        "->  Index Scan using sms_code_pkey on sms_code  (cost=0.29..8.31 rows=1 width=6)",
                        "      Filter: (sends > 3)")))
                .containsExactly("sms_code");
        assertThat(scanned(List.of(
                        "->  Index Scan using sms_code_pkey on sms_code  (cost=0.29..8.31 rows=1 width=6)",
                        "      Index Cond: (user_id = ANY ($1))")))
                .isEmpty();
    }

    private static Map<String, String> statements() throws Exception {
        Map<String, String> statements = new LinkedHashMap<>(OF_PANACHE);
        try (Stream<Path> files = Files.walk(CLASSES)) {
            for (String name : files.map(StatementPlansTest::className)
                    .flatMap(Optional::stream)
                    .toList()) {
                for (Field field : Class.forName(name).getDeclaredFields()) {
                    if (field.getType() == String.class && Modifier.isStatic(field.getModifiers())) {
                        field.setAccessible(true);
                        String text = (String) field.get(null);
                        if (text != null && text.matches("(?s)\\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\\s.*")) {
                            statements.put(name.substring(ROOT.length()) + "." + field.getName(), text);
                        }
                    }
                }
            }
        }
        return statements;
    }

    /** Of the service itself: neither what is generated, nor the sandbox. */
    private static Optional<String> className(Path file) {
        String name = CLASSES.relativize(file).toString().replace('/', '.');
        return name.endsWith(".class") && name.startsWith(ROOT) && !name.matches(".*(_|\\.sandbox\\.).*")
                ? Optional.of(name.substring(0, name.length() - ".class".length()))
                : Optional.empty();
    }

    /** With parameters as PostgreSQL has them, where Hibernate has names. */
    private static String positional(String sql) {
        List<String> names = new ArrayList<>();
        return Pattern.compile("(?<!:):([a-z]\\w*)").matcher(sql).replaceAll(name -> {
            if (!names.contains(name.group(1))) {
                names.add(name.group(1));
            }
            return "\\$" + (names.indexOf(name.group(1)) + 1);
        });
    }

    /** A bite of 1,000 is to 10 million rows what 10 are to these. */
    private static String scaled(String sql) {
        return sql.replace("LIMIT 1000", "LIMIT 10");
    }

    /** Also by an index, if nothing is looked up in it and no limit ends it. */
    private static List<String> scanned(List<String> plan) {
        List<String> scanned = new ArrayList<>();
        for (int at = 0; at < plan.size(); at++) {
            Matcher scan = SCAN.matcher(plan.get(at));
            if (scan.find()
                    && LARGE.contains(scan.group("table"))
                    && (scan.group("index") == null
                            || !(at + 1 < plan.size() && plan.get(at + 1).contains("Index Cond:")
                                    || isLimited(plan.subList(0, at))))) {
                scanned.add(scan.group("table"));
            }
        }
        return scanned;
    }

    private static boolean isLimited(List<String> before) {
        return before.stream().skip(Math.max(0, before.size() - 2)).anyMatch(line -> line.contains("Limit  ("));
    }

    private String urlOf(String name) {
        return url.substring(0, url.lastIndexOf('/') + 1) + name;
    }

    private static Connection connect(String url) throws SQLException {
        return DriverManager.getConnection(
                // A statement with parameters is explained without their values: only the simple protocol lets it
                // through.
                url + "?preferQueryMode=simple", SandboxDatabase.USER, SandboxDatabase.PASSWORD);
    }

    private static void execute(String url, String sql) throws SQLException {
        try (Connection connection = connect(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
