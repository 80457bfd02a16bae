package io.pims.authentication.facade;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Compiles a Kotlin file as an application would that has the facade on its class path. The compiler runs in a process
 * of its own, as it needs memory.
 */
final class KotlinCompiler {

    private KotlinCompiler() {}

    /** The named class of the compiled file. */
    static Class<?> compile(Path folder, String source, String className)
            throws IOException, InterruptedException, ClassNotFoundException {
        Path file = Files.writeString(folder.resolve("Sample.kt"), source);
        Path classes = folder.resolve("classes");
        Path log = folder.resolve("kotlinc.log");
        String classPath = System.getProperty("java.class.path");
        Path arguments = Files.write(
                folder.resolve("arguments"),
                List.of(
                        "-Xmx400m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath,
                        "org.jetbrains.kotlin.cli.jvm.K2JVMCompiler",
                        "-no-stdlib",
                        "-no-reflect",
                        "-Werror",
                        "-jvm-target",
                        "11",
                        "-cp",
                        classPath,
                        "-d",
                        classes.toString(),
                        file.toString()));
        Process compiler = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "@" + arguments)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!compiler.waitFor(3, TimeUnit.MINUTES) || compiler.exitValue() != 0) {
                throw new AssertionError(Files.readString(log));
            }
        } finally {
            compiler.destroyForcibly();
        }
        URL[] compiled = {classes.toUri().toURL()};
        return new URLClassLoader(compiled, KotlinCompiler.class.getClassLoader()).loadClass(className);
    }
}
