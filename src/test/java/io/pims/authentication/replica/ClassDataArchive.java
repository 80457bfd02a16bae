package io.pims.authentication.replica;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import io.pims.authentication.sandbox.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The classes of a replica that has started, as the JVM keeps them (JEP 350). With them each of the many replicas of the
 * tests starts in four fifths of the time.
 */
final class ClassDataArchive {

    private static final Duration LONGEST_END = Duration.ofMinutes(1);
    /** The JVM would name each class that it leaves out, between the lines of the service. */
    private static final String WITHOUT_A_LOG = "-Xlog:disable";

    private static final Path FILE = Path.of("target", "replica.jsa");

    /** Forks of failsafe ask at the same time. */
    private static final Path LOCK = Path.of("target", "replica.jsa.lock");

    private ClassDataArchive() {}

    /**
     * The command with the archive, or as it is where the JVM makes none.
     *
     * @param jar that the classes are of
     */
    static List<String> addTo(List<String> java, Path jar) {
        try (FileChannel channel = FileChannel.open(LOCK, CREATE, WRITE);
                FileLock alone = channel.lock()) {
            if (FILE.toFile().lastModified() < jar.toFile().lastModified()) {
                make(java);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Files.exists(FILE) ? with(java, "-XX:SharedArchiveFile=" + FILE) : java;
    }

    /** Starts a replica that finds no database, and ends it in order, which is when the JVM writes the archive. */
    private static void make(List<String> java) {
        String nobody = "127.0.0.1:" + FreePort.find();
        try (Replicas replicas = new Replicas()) {
            Files.deleteIfExists(FILE);
            Replica replica = replicas.launch(
                    "class-data",
                    replicas.settings(
                            new Replicas.DatabaseAccess(
                                    "postgresql://" + nobody + "/none",
                                    "jdbc:postgresql://" + nobody + "/none",
                                    "none",
                                    "none"),
                            "http://" + nobody),
                    with(with(java, "-XX:ArchiveClassesAtExit=" + FILE), WITHOUT_A_LOG));
            replica.awaitAlive();
            replica.terminate();
            replica.awaitEnd(LONGEST_END);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> with(List<String> java, String option) {
        return Stream.concat(java.stream(), Stream.of(option)).toList();
    }
}
