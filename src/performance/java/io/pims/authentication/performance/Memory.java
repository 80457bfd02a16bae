package io.pims.authentication.performance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Memory of a process in MiB. */
public final class Memory {

    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s*(\\d+) kB");
    private static final Pattern GENERATION = Pattern.compile("generation\\s+total \\S+, used (\\d+)K");

    private Memory() {}

    public static double resident(long pid) {
        try {
            Matcher line = RESIDENT.matcher(Files.readString(Path.of("/proc", Long.toString(pid), "status")));
            return line.find() ? Double.parseDouble(line.group(1)) / 1024 : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is alive on the heap of a JVM with the serial collector, after a collection. */
    static double live(long pid) {
        jcmd(pid, "GC.run");
        double usedKib = GENERATION
                .matcher(jcmd(pid, "GC.heap_info"))
                .results()
                .mapToDouble(generation -> Double.parseDouble(generation.group(1)))
                .sum();
        if (usedKib == 0) {
            throw new IllegalStateException("jcmd told no heap");
        }
        return usedKib / 1024;
    }

    private static String jcmd(long pid, String command) {
        return Command.run(List.of(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(pid), command));
    }
}
