package io.pims.authentication.survival;

import io.pims.authentication.performance.Command;
import java.nio.file.Path;
import java.util.List;

/** Folders of a run, which start empty. */
final class Folders {

    private Folders() {}

    static void delete(Path folder) {
        if (!folder.startsWith(Site.FOLDER)) {
            throw new IllegalArgumentException(folder + " is none of ours");
        }
        Command.run(List.of("rm", "-rf", folder.toString()));
    }

    static void copy(Path from, Path to) {
        delete(to);
        Command.run(List.of("cp", "-a", from.toString(), to.toString()));
    }
}
