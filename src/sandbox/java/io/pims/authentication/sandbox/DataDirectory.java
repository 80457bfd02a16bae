package io.pims.authentication.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;

/** The folder with PostgreSQL's data, which may come from an earlier run that went well or not. */
record DataDirectory(Path path) {

    /** Leaves either nothing or data that the given version can read. */
    void prepareFor(Optional<String> majorVersion) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        if (!Files.exists(completed())) {
            // initdb was cut short: there is nothing to lose yet, and no server would start on it.
            delete(path);
            return;
        }
        String written = Files.readString(path.resolve("PG_VERSION")).strip();
        if (!written.equals(majorVersion.orElse(written))) {
            throw new IllegalStateException("The sandbox's data are of PostgreSQL " + written + ", the server is of "
                    + majorVersion.get() + ": delete " + path + " and start again");
        }
    }

    void complete() throws IOException {
        if (!Files.exists(completed())) {
            Files.createFile(completed());
        }
    }

    private Path completed() {
        return path.resolve("sandbox-complete");
    }

    static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
