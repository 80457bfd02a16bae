package io.pims.authentication.performance;

import io.pims.authentication.replica.Replica;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The ways to start the service's JVM: as it is, by an archive of classes (AppCDS), and by an AOT cache where there is a JDK
 * 25 or newer, which keeps profiles of methods too (JEP 515). Archive and cache are of a process that took requests.
 */
final class Jvms {

    private static final Path FOLDER = Path.of("/usr/lib/jvm");
    private static final Path ARCHIVE =
            Path.of("target", "performance", "classes.jsa").toAbsolutePath();
    private static final Path CACHE =
            Path.of("target", "performance", "classes.aot").toAbsolutePath();

    static final String PLAIN = "plain";
    static final String APP_CDS = "AppCDS";

    private final TestBed bed;
    private final int heapMib;
    private final int trainingPerSecond;
    private final int trainingSeconds;

    /** @param trainingPerSecond requests a second that archive and cache are made by */
    Jvms(TestBed bed, int heapMib, int trainingPerSecond, int trainingSeconds) {
        this.bed = bed;
        this.heapMib = heapMib;
        this.trainingPerSecond = trainingPerSecond;
        this.trainingSeconds = trainingSeconds;
    }

    /** Returns the executable and its options, by what the page calls it. */
    Map<String, List<String>> commands() {
        Map<String, List<String>> commands = new LinkedHashMap<>();
        String java = Replica.JAVA;
        commands.put(PLAIN, TestBed.java(java, heapMib));
        train(TestBed.java(java, heapMib, "-XX:ArchiveClassesAtExit=" + ARCHIVE));
        commands.put(APP_CDS, TestBed.java(java, heapMib, "-XX:SharedArchiveFile=" + ARCHIVE));
        Optional<String> newer = newer();
        if (newer.isPresent()) {
            String version = Command.run(List.of(newer.get(), "--version"))
                    .lines()
                    .findFirst()
                    .orElseThrow();
            commands.put(PLAIN + ", " + version, TestBed.java(newer.get(), heapMib));
            train(TestBed.java(newer.get(), heapMib, "-XX:AOTCacheOutput=" + CACHE));
            commands.put("AOT cache, " + version, TestBed.java(newer.get(), heapMib, "-XX:AOTCache=" + CACHE));
        } else {
            System.out.println("No JDK 25 or newer in " + FOLDER + ": no AOT cache; -Djdk names one");
        }
        return commands;
    }

    private void train(List<String> java) {
        try (Replica replica = bed.start(Map.of(), java);
                Arrivals arrivals = new Arrivals(bed.tokens())) {
            arrivals.post(replica.address(), trainingPerSecond, trainingSeconds);
            replica.terminate();
            replica.awaitEnd(Duration.ofMinutes(3));
        }
    }

    private static Optional<String> newer() {
        String set = System.getProperty("jdk", "");
        if (!set.isEmpty()) {
            return Optional.of(Path.of(set, "bin", "java").toString());
        }
        if (!Files.isDirectory(FOLDER)) {
            return Optional.empty();
        }
        try (Stream<Path> jvms = Files.list(FOLDER)) {
            return jvms.filter(jvm -> jvm.getFileName().toString().matches(".*\\b2[5-9]\\b.*"))
                    .map(jvm -> jvm.resolve("bin").resolve("java"))
                    .filter(Files::isExecutable)
                    .map(Path::toString)
                    .sorted()
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
