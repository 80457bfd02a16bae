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
    private static final Pattern HEAP = Pattern.compile("heap\\s+total \\S+, used (\\d+)K");

    private Memory() {}

    public static double resident(long pid) {
        try {
            Matcher line = RESIDENT.matcher(Files.readString(Path.of("/proc", Long.toString(pid), "status")));
            return line.find() ? Double.parseDouble(line.group(1)) / 1024 : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is alive on the heap of a JVM with G1, after a collection. */
    static double live(long pid) {
        jcmd(pid, "GC.run");
        Matcher heap = HEAP.matcher(jcmd(pid, "GC.heap_info"));
        if (!heap.find()) {
            throw new IllegalStateException("jcmd told no heap");
        }
        return Double.parseDouble(heap.group(1)) / 1024;
    }

    private static String jcmd(long pid, String command) {
        return Command.run(List.of(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(pid), command));
    }
}
