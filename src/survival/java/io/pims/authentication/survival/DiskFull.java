package io.pims.authentication.survival;

import io.pims.authentication.performance.Command;
import io.pims.authentication.performance.Waits;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** PostgreSQL has no room for what it is to keep. */
final class DiskFull implements Experiment {

    private static final int SECONDS = 40;
    private static final int FULL_S = 12;
    private static final String SIZE = "160m";

    private final Path mount = Site.FOLDER.resolve("disk-full").resolve("disk");

    @Override
    public String what() {
        return "the file system of PostgreSQL (a tmpfs of its own) filled to the last byte for 12 s; if PostgreSQL ends,"
                + " it is started again when there is room";
    }

    @Override
    public JsonObject run() {
        if (!System.getProperty("user.name").equals("root")) {
            return new JsonObject().put("skipped", "only root can mount a file system of its own");
        }
        try {
            Files.createDirectories(mount);
            Command.run(List.of("mount", "-t", "tmpfs", "-o", "size=" + SIZE, "tmpfs", mount.toString()));
        } catch (IllegalStateException refused) {
            return new JsonObject().put("skipped", "no tmpfs can be mounted here");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            return onIt();
        } finally {
            Command.run(List.of("umount", mount.toString()));
        }
    }

    private JsonObject onIt() {
        // Else the write-ahead log would have room of its own, set aside before.
        Map<String, String> settings = Map.of("min_wal_size", "32MB", "max_wal_size", "48MB");
        PostgreSql server = PostgreSql.start(mount.resolve("postgresql"), settings);
        boolean[] ended = {false};
        try (Site site = new Site(server, Plan.of("disk-full", server)).open()) {
            JsonObject result = UnderLoad.run(site, server, UnderLoad.PER_SECOND, SECONDS, there -> {
                Path filler = mount.resolve("filler");
                fill(filler);
                Waits.seconds(FULL_S);
                Command.run(List.of("rm", filler.toString()));
                ended[0] = !server.isAlive();
                if (ended[0]) {
                    server.start();
                }
            });
            return result.put("remark", "PostgreSQL " + (ended[0] ? "ended" : "lived on"));
        }
    }

    private static void fill(Path file) {
        try {
            Command.run(List.of("dd", "if=/dev/zero", "of=" + file, "bs=4k"));
        } catch (IllegalStateException full) {
            // As was wanted: it ends with an error when there is no room left.
        }
    }
}
