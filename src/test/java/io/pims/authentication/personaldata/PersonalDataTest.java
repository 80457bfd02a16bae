package io.pims.authentication.personaldata;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import io.pims.authentication.database.Migrations;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Whoever adds a table has to say who of its drivers' data answers a request for it, or that there is nobody in it. */
class PersonalDataTest {

    /** Says when a driver's next event is posted; the events themselves are elsewhere. */
    private static final Set<String> TOLD_BY_OTHER_ROWS = Set.of("notice_queue");

    /**
     * Counts of the whole service, and how its replicas agree. The position of a job may be a driver who was there a second
     * ago, and is none who was erased by it.
     */
    private static final Set<String> OF_NOBODY = Set.of("job_turn", "send_pace", "sms_conversion", "sms_velocity");

    /** Secrets, what only the service's work needs, and who of the staff acted. */
    private static final Set<String> NOT_TOLD = new TreeSet<>(Set.of(
            // The event is told itself.
            "notice_outbox.error_code",
            "notice_outbox.event_id",
            "notice_outbox.transaction_id",
            "notice_queue.attempts",
            "notice_queue.due_at",
            "notice_queue.lease",
            "notice_queue.recorded",
            "pin_code.hash",
            "pin_code.pepper_id",
            "rate_limit.idle_at",
            "recovery.approvals",
            "recovery.confirmed_by",
            "recovery.pepper_id",
            "recovery.pin_hash",
            "recovery.prefix_hash",
            "recovery.requested_by",
            "recovery.undone_by",
            "security_event.actor",
            "security_event.hour",
            "sms_code.id",
            "sms_code.key_id",
            "sms_code.number_hash",
            "sms_code.prefix_hash",
            "sms_transaction.code_expires_at",
            "sms_transaction.code_id",
            "sms_transaction.code_key_id",
            "sms_transaction.fingerprint",
            "sms_transaction.lease",
            "sms_transaction.lease_owner",
            "sms_transaction.lease_until",
            "trusted_phone_number.prefix_hash"));

    /** What a person is known by here. The subjects of velocity are countries and prefixes. */
    private static final String PERSON = "user_id|.*_user|driver.*|sub|subject|number|number_hash|actor|.*_by";

    private static final List<Class<?>> PARTS = new ClassFileImporter()
            .withImportOption(new DoNotIncludeTests()).importPackages("io.pims.authentication").stream()
                    .filter(type -> type.isAssignableTo(PersonalData.class) && !type.isInterface())
                    .<Class<?>>map(JavaClass::reflect)
                    .toList();

    private final Map<String, Set<String>> tables = Migrations.tables();

    PersonalDataTest() throws IOException {}

    private static Set<String> kept() {
        Set<String> kept = new TreeSet<>();
        PARTS.forEach(
                part -> kept.addAll(List.of(part.getAnnotation(KeptIn.class).value())));
        return kept;
    }

    @Test
    void every_table_has_somebody_who_tells_and_erases_it_or_nobody_is_in_it() {
        Set<String> answeredFor = new TreeSet<>(kept());
        answeredFor.addAll(OF_NOBODY);

        assertThat(answeredFor)
                .as("tables of the migrations, and those that a PersonalData names by @KeptIn")
                .isEqualTo(tables.keySet());
    }

    @Test
    void each_column_is_told_or_says_nothing_of_the_driver() throws IllegalAccessException {
        Set<String> told = new TreeSet<>();
        Set<String> all = new TreeSet<>();
        for (Class<?> part : PARTS) {
            List<String> reading = statements(part).stream()
                    .filter(statement -> statement.startsWith("SELECT"))
                    .toList();
            for (String table : part.getAnnotation(KeptIn.class).value()) {
                for (String column : tables.get(table)) {
                    all.add(table + "." + column);
                    if (reading.stream().anyMatch(statement -> statement.matches("(?s).*\\b" + column + "\\b.*"))) {
                        told.add(table + "." + column);
                    }
                }
            }
        }

        all.removeAll(told);
        assertThat(all).as("columns that nobody tells").isEqualTo(NOT_TOLD);
    }

    @Test
    void in_a_table_of_nobody_is_no_column_for_somebody() {
        for (String table : OF_NOBODY) {
            assertThat(tables.get(table))
                    .as(table)
                    .filteredOn(column -> !(table.equals("sms_velocity") && column.equals("subject")))
                    .noneMatch(column -> column.matches(PERSON));
        }
    }

    @Test
    void the_migrations_are_read() {
        assertThat(tables.get("security_event")).contains("user_id", "hour", "actor");
        assertThat(tables.get("sms_transaction")).contains("number_key_id", "trace_parent");
        assertThat(tables.values()).allSatisfy(columns -> assertThat(columns).isNotEmpty());
    }

    /** By a statement of its own that takes the rows away or changes them. */
    @Test
    void who_names_a_table_tells_and_erases_it() throws IllegalAccessException {
        for (Class<?> part : PARTS) {
            List<String> statements = statements(part);

            for (String table : part.getAnnotation(KeptIn.class).value()) {
                assertThat(statements)
                        .as("%s erases %s", part, table)
                        .anyMatch(sql -> sql.matches("(?s).*(DELETE FROM|UPDATE) " + table + "\\b.*"));
                assertThat(statements)
                        .as("%s tells %s", part, table)
                        .anyMatch(sql -> TOLD_BY_OTHER_ROWS.contains(table)
                                || sql.matches("(?s)SELECT .*FROM " + table + "\\b.*"));
            }
        }
    }

    private static List<String> statements(Class<?> part) throws IllegalAccessException {
        List<String> statements = new ArrayList<>();
        for (Field field : part.getDeclaredFields()) {
            if (field.getType() == String.class && Modifier.isStatic(field.getModifiers())) {
                field.setAccessible(true);
                statements.add((String) field.get(null));
            }
        }
        return statements;
    }
}
