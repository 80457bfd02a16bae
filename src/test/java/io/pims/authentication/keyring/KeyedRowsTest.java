package io.pims.authentication.keyring;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import io.pims.authentication.database.Migrations;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A key may only be thrown away if all is counted that is under it. */
class KeyedRowsTest {

    /** The code's row has the same key, and stays longer. */
    private static final Set<String> COUNTED_ELSEWHERE = Set.of("sms_transaction.code_key_id");

    private static List<KeyedRows> all() throws ReflectiveOperationException {
        List<KeyedRows> all = new ArrayList<>();
        for (JavaClass type : new ClassFileImporter()
                .withImportOption(new DoNotIncludeTests())
                .importPackages("io.pims.authentication")) {
            if (type.isAssignableTo(KeyedRows.class) && !type.isInterface() && !type.isAnonymousClass()) {
                Constructor<?> constructor = type.reflect().getDeclaredConstructors()[0];
                constructor.setAccessible(true);
                all.add((KeyedRows) constructor.newInstance(new Object[constructor.getParameterCount()]));
            }
        }
        return all;
    }

    @Test
    void every_column_with_the_id_of_a_key_is_counted() throws Exception {
        Set<String> named = new TreeSet<>(COUNTED_ELSEWHERE);
        for (KeyedRows rows : all()) {
            named.addAll(rows.columns());
        }

        Set<String> columns = new TreeSet<>();
        Migrations.tables()
                .forEach((table, names) -> names.stream()
                        .filter(name -> name.matches(".*(key|pepper)_id"))
                        .forEach(name -> columns.add(table + "." + name)));

        assertThat(columns).isEqualTo(named);
    }

    @Test
    void each_has_a_word_of_its_own_and_a_statement_about_its_column() throws Exception {
        List<KeyedRows> all = all();

        assertThat(all.stream().map(KeyedRows::use))
                .doesNotHaveDuplicates()
                .allMatch(use -> use.matches("[a-z]{1,20}"));
        assertThat(all)
                .allSatisfy(rows -> assertThat(rows.columns())
                        .allSatisfy(column -> assertThat(rows.count())
                                .contains(
                                        column.split("\\.")[0],
                                        column.split("\\.")[1],
                                        "LIMIT " + KeyedRows.COUNTED_AT_MOST)));
    }

    /** No column of another table is taken for the id at hand. */
    @Test
    void the_id_at_hand_is_named_by_its_table() {
        assertThat(KeyedRows.count("sms_code", "key_id")).contains("WHERE key_id = present.key_id");
    }
}
