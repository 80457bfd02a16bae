package io.pims.authentication.performance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** CPU time in seconds since the beginning, user and system together, as Linux tells in {@code /proc} (proc(5)). */
final class CpuTime {

    /** USER_HZ, which is 100 on every architecture Debian has. */
    private static final double TICKS_PER_SECOND = 100;

    /** Fields of {@code /proc/PID/stat} after the name in parentheses, counted from zero. */
    private static final int PARENT = 1;

    private static final int OWN = 11;
    private static final int OF_ENDED_CHILDREN = 13;

    /** Linux cuts the names of threads to 15 characters. */
    private static final Pattern COMPILER = Pattern.compile("\\(C[12] CompilerThre\\)");

    private CpuTime() {}

    static double of(long pid) {
        return sum(stat(pid), OWN);
    }

    /** Of HotSpot's compilers in a JVM: while they are at work, what is measured is not yet what will be. */
    static double ofCompilers(long pid) {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            return threads.map(CpuTime::line)
                    .filter(line -> COMPILER.matcher(line).find())
                    .mapToDouble(line -> sum(fields(line), OWN))
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Together with its children, those that have ended included. */
    static double ofFamily(long pid) {
        String[] own = stat(pid);
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return sum(own, OWN)
                    + sum(own, OF_ENDED_CHILDREN)
                    + processes
                            .map(process -> process.getFileName().toString())
                            .filter(name -> name.matches("\\d+"))
                            .map(name -> stat(Long.parseLong(name)))
                            .filter(child -> child.length > 0 && child[PARENT].equals(Long.toString(pid)))
                            .mapToDouble(child -> sum(child, OWN))
                            .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the processes used that this one has started and seen the end of. */
    static double ofEndedChildren() {
        return sum(stat(ProcessHandle.current().pid()), OF_ENDED_CHILDREN);
    }

    /** What all processors of the machine have worked, for whomever. */
    static double ofMachine() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/stat"))) {
            // user nice system idle iowait irq softirq steal
            double[] ticks = Arrays.stream(
                            lines.findFirst().orElseThrow().substring(3).strip().split("\\s+"))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            return (ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6]) / TICKS_PER_SECOND;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String[] stat(long pid) {
        return fields(line(Path.of("/proc", Long.toString(pid))));
    }

    /** Empty for a process or thread that has ended meanwhile. */
    private static String line(Path task) {
        try {
            return Files.readString(task.resolve("stat"));
        } catch (IOException ended) {
            return "";
        }
    }

    private static String[] fields(String line) {
        return line.isEmpty()
                ? new String[0]
                : line.substring(line.lastIndexOf(')') + 2).split(" ");
    }

    private static double sum(String[] stat, int field) {
        return stat.length == 0
                ? 0
                : (Double.parseDouble(stat[field]) + Double.parseDouble(stat[field + 1])) / TICKS_PER_SECOND;
    }
}
