package io.pims.authentication.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The folders of test runs, of which those from runs that are over are taken away, killed ones' servers first. */
final class TestFolders {

    private TestFolders() {}

    /** The folder of the run whose JVM has the given process id. */
    static Path fresh(Path parent, String run) {
        Path mine = parent.resolve("run-" + run).toAbsolutePath();
        if (!Files.exists(mine)) {
            try {
                Files.createDirectories(mine);
                clear(parent.toAbsolutePath());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return mine;
    }

    private static void clear(Path parent) throws IOException {
        List<Path> over;
        try (var folders = Files.list(parent)) {
            over = folders.filter(TestFolders::isOver).toList();
        }
        for (Path folder : over) {
            Postmaster.of(folder.resolve("database")).ifPresent(Postmaster::stop);
            DataDirectory.delete(folder);
        }
    }

    private static boolean isOver(Path folder) {
        String name = folder.getFileName().toString();
        return name.matches("run-\\d+")
                && ProcessHandle.of(Long.parseLong(name.substring("run-".length())))
                        .isEmpty();
    }
}
