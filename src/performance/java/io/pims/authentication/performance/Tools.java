package io.pims.authentication.performance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The programs that are not the project's own, where Debian puts them. */
final class Tools {

    private static final Path POSTGRESQL = Path.of("/usr/lib/postgresql");
    private static final String INSTALL = "apt-get install -y postgresql postgresql-contrib wrk";

    private Tools() {}

    /** Of the newest PostgreSQL there is, such as {@code initdb}; {@code -Dpostgresql.bin} names another folder. */
    static String postgresql(String program) {
        return findPostgresql(program).orElseThrow(() -> new IllegalStateException("no " + program + ": " + INSTALL));
    }

    static String wrk() {
        return findWrk().orElseThrow(() -> new IllegalStateException("no wrk: " + INSTALL));
    }

    /** What there must be and is not; says how to install it. Empty if nothing is missing. */
    static Optional<String> missing() {
        List<String> missing = new ArrayList<>();
        Stream.of("initdb", "postgres", "pgbench")
                .filter(program -> findPostgresql(program).isEmpty())
                .forEach(missing::add);
        if (findWrk().isEmpty()) {
            missing.add("wrk");
        }
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("Missing: " + String.join(", ", missing) + ". Install with: " + INSTALL);
    }

    private static Optional<String> findPostgresql(String program) {
        String set = System.getProperty("postgresql.bin", "");
        if (!set.isEmpty()) {
            return executable(Path.of(set, program));
        }
        if (!Files.isDirectory(POSTGRESQL)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(POSTGRESQL)) {
            return versions.filter(version -> version.getFileName().toString().matches("\\d+"))
                    .sorted(Comparator.comparing((Path version) ->
                                    Integer.valueOf(version.getFileName().toString()))
                            .reversed())
                    .map(version -> executable(version.resolve("bin").resolve(program)))
                    .flatMap(Optional::stream)
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<String> findWrk() {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(folder -> executable(Path.of(folder, "wrk")))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> executable(Path program) {
        return Files.isExecutable(program) ? Optional.of(program.toString()) : Optional.empty();
    }
}
