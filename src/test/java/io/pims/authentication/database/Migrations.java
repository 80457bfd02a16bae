package io.pims.authentication.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The tables and columns that all migrations together make, read from their text. */
public final class Migrations {

    private static final Path FOLDER = Path.of("src", "main", "resources", "db", "migration");

    private static final Pattern TABLE =
            Pattern.compile("CREATE TABLE (?:IF NOT EXISTS )?(\\w+) \\((.*?)\\n\\)", Pattern.DOTALL);

    private static final Pattern COLUMN = Pattern.compile(
            "(?m)^ +([a-z]\\w*) +(?:text|bytea|uuid|integer|smallint|bigint|boolean|jsonb|timestamptz)\\b");

    private static final Pattern ALTERED = Pattern.compile("ALTER TABLE (\\w+)(.*?);", Pattern.DOTALL);
    private static final Pattern ADDED = Pattern.compile("ADD COLUMN (?:IF NOT EXISTS )?(\\w+)");
    private static final Pattern DROPPED = Pattern.compile("DROP TABLE (?:IF EXISTS )?(\\w+)");

    private Migrations() {}

    /** The columns by their table. */
    public static Map<String, Set<String>> tables() throws IOException {
        Map<String, Set<String>> tables = new TreeMap<>();
        for (String sql : texts()) {
            Matcher table = TABLE.matcher(sql);
            while (table.find()) {
                Set<String> columns = tables.computeIfAbsent(table.group(1), name -> new TreeSet<>());
                COLUMN.matcher(table.group(2)).results().forEach(column -> columns.add(column.group(1)));
            }
            Matcher altered = ALTERED.matcher(sql);
            while (altered.find()) {
                Set<String> columns = tables.get(altered.group(1));
                ADDED.matcher(altered.group(2)).results().forEach(column -> columns.add(column.group(1)));
            }
            DROPPED.matcher(sql).results().forEach(dropped -> tables.remove(dropped.group(1)));
        }
        return tables;
    }

    /** In the order of their versions. */
    private static List<String> texts() throws IOException {
        Map<Integer, Path> byVersion = new TreeMap<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            files.forEach(file -> byVersion.put(
                    Integer.valueOf(file.getFileName().toString().replaceAll("^V(\\d+)__.*", "$1")), file));
        }
        List<String> texts = new ArrayList<>();
        for (Path file : byVersion.values()) {
            texts.add(Files.readString(file));
        }
        return texts;
    }
}
