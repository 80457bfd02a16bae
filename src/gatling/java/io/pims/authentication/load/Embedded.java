package io.pims.authentication.load;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The packaged service, PostgreSQL, the fake Vonage and an issuer of tokens, as processes for this run: what
 * {@code SystemUnderTest} among the service's tests starts. It ends when this JVM does, however that ends, because its
 * standard input is closed then.
 */
final class Embedded implements AutoCloseable {

    private static final Pattern READY = Pattern.compile("ready (http\\S+) (http\\S+)");

    private final Process process;
    private final URI service;
    private final URI sandbox;

    private Embedded(Process process, URI service, URI sandbox) {
        this.process = process;
        this.service = service;
        this.sandbox = sandbox;
    }

    static Embedded start() {
        Path folder = Path.of(System.getProperty("service.directory"))
                .toAbsolutePath()
                .normalize();
        Path target = folder.resolve("target");
        Path classpath = target.resolve("tool-classpath");
        if (!Files.exists(classpath) || !Files.exists(target.resolve("quarkus-app"))) {
            throw new BadParameter(
                    "The service is not packaged for a load test: run ./mvnw -Pload verify in " + folder);
        }
        try {
            ProcessBuilder builder = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx512m",
                            "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                            "-Dquarkus.application.directory=" + target.resolve("quarkus-app"),
                            "io.pims.authentication.replica.SystemUnderTest")
                    .directory(folder.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment()
                    .put(
                            "CLASSPATH",
                            String.join(
                                    File.pathSeparator,
                                    target.resolve("test-classes").toString(),
                                    target.resolve("classes").toString(),
                                    target.resolve("sandbox-classes").toString(),
                                    Files.readString(classpath).strip()));
            return await(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Embedded await(Process process) throws IOException {
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Matcher ready = READY.matcher(line);
            if (ready.matches()) {
                return new Embedded(process, URI.create(ready.group(1)), URI.create(ready.group(2)));
            }
            System.out.println(line);
        }
        throw new BadParameter("The embedded service did not start; what it said is above");
    }

    URI service() {
        return service;
    }

    URI sandbox() {
        return sandbox;
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.onExit().join();
    }
}
