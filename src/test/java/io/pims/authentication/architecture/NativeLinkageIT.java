package io.pims.authentication.architecture;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Type;

/**
 * Every class that the application can get to by references resolves on the class path of the native compiler. Quarkus
 * passes {@code --link-at-build-time}, so the compiler fails at the first reachable one that does not. It follows methods and this test
 * whole classes: it sees more, and what it sees too much of is listed.
 */
@EnabledIfSystemProperty(named = "native.sources", matches = ".+")
class NativeLinkageIT {

    private static final Path SOURCES = Path.of(System.getProperty("native.sources", "target/native-sources"));

    /** What is missing and may be, by the beginning of its name, with the reason. */
    private static final Map<String, String> OPTIONAL = Map.ofEntries(
            Map.entry("com.fasterxml.jackson.dataformat.xml.", "Hibernate writes XML by it where it is there"),
            Map.entry("com.github.luben.zstd.", "Netty's Zstandard; the service does not compress by it"),
            Map.entry("com.google.auto.value.", "annotations of OpenTelemetry, read by its own build"),
            Map.entry("com.jcraft.jzlib.", "Netty's zlib where the JDK's is not to be used"),
            Map.entry("com.sun.jna.", "Byte Buddy attaches agents by it; none is attached"),
            Map.entry("io.netty.channel.epoll.", "Vert.x' native transport, which is not switched on"),
            Map.entry("io.netty.channel.kqueue.", "Vert.x' native transport on macOS"),
            Map.entry("io.netty.internal.tcnative.", "Netty's OpenSSL; TLS is the JDK's"),
            Map.entry("io.quarkus.jsonb.", "Hibernate's JSON by JSON-B, where it is there; ours is Jackson"),
            Map.entry("io.quarkus.launcher.", "starts a Quarkus application out of an IDE"),
            Map.entry("jakarta.json.bind.", "JSON-B; ours is Jackson"),
            Map.entry("javafx.beans.", "Hibernate Validator's values of JavaFX"),
            Map.entry("javax.money.", "Hibernate Validator's amounts of money"),
            Map.entry("kotlin.", "OpenAPI's look at Kotlin classes; there are none"),
            Map.entry("kotlinx.metadata.", "OpenAPI's look at Kotlin classes; there are none"),
            Map.entry("oracle.", "Hibernate's Oracle dialects"),
            Map.entry("org.apache.commons.text.similarity.", "Flyway's guess at a misspelt setting"),
            Map.entry("org.apache.log4j.", "JBoss Logging's and Netty's back-ends; ours is JBoss LogManager"),
            Map.entry(
                    "org.apache.logging.log4j.",
                    "JBoss Logging's, Netty's and Flyway's back-ends; ours is JBoss LogManager"),
            Map.entry("org.bouncycastle.openssl.", "Netty's reading of encrypted PEM keys, from bcpkix"),
            Map.entry("org.bouncycastle.operator.", "Netty's reading of encrypted PEM keys, from bcpkix"),
            Map.entry("org.bouncycastle.pkcs.", "Netty's reading of encrypted PEM keys, from bcpkix"),
            Map.entry("org.conscrypt.", "Netty's TLS by Conscrypt; TLS is the JDK's"),
            Map.entry("org.eclipse.jetty.", "Netty's ALPN and NPN before the JDK had them"),
            Map.entry("org.graalvm.nativeimage.", "the compiler's own, there while it compiles"),
            Map.entry("org.jboss.logging.annotations.", "annotations of message bundles, read by their own build"),
            Map.entry("org.jboss.modules.", "JBoss LogManager inside WildFly"),
            Map.entry("org.jboss.vfs.", "Flyway inside WildFly"),
            Map.entry("org.jetbrains.annotations.", "annotations of JCTools in Netty"),
            Map.entry("org.joda.time.", "Hibernate Validator's dates of Joda"),
            Map.entry("org.objectweb.asm.", "Byte Buddy and SmallRye Config write classes by it, at build time"),
            Map.entry("org.osgi.framework.", "Flyway inside OSGi"));

    /** The names of the classes that each class refers to. */
    private static final Map<String, Set<String>> REFERENCES = new HashMap<>();

    /** Those that do not resolve, with one of the classes that refer to each. */
    private static final Map<String, String> MISSING = new HashMap<>();

    @BeforeAll
    static void follow() throws IOException {
        Set<String> application = new HashSet<>();
        try (Stream<Path> jars = jars(SOURCES)) {
            for (Path jar : (Iterable<Path>) jars::iterator) {
                application.addAll(read(jar));
            }
        }
        try (Stream<Path> jars = jars(SOURCES.resolve("lib"))) {
            jars.forEach(NativeLinkageIT::read);
        }
        Set<String> reached = new HashSet<>(application);
        Deque<String> next = new ArrayDeque<>(application);
        while (!next.isEmpty()) {
            String referring = next.remove();
            for (String referred : REFERENCES.get(referring)) {
                if (REFERENCES.containsKey(referred)) {
                    if (reached.add(referred)) {
                        next.add(referred);
                    }
                } else if (!isOfTheJdk(referred)) {
                    MISSING.putIfAbsent(referred, referring);
                }
            }
        }
    }

    @Test
    void every_class_that_the_application_gets_to_resolves() {
        assertThat(REFERENCES).hasSizeGreaterThan(30_000);
        assertThat(MISSING.entrySet().stream()
                        .filter(missing -> OPTIONAL.keySet().stream().noneMatch(missing.getKey()::startsWith))
                        .map(missing -> missing.getKey() + ", which " + missing.getValue() + " refers to"))
                .as("missing, so that the native compiler may fail")
                .isEmpty();
    }

    @Test
    void what_is_listed_as_optional_is_missing_indeed() {
        assertThat(OPTIONAL.keySet())
                .allSatisfy(beginning -> assertThat(MISSING.keySet()).anyMatch(name -> name.startsWith(beginning)));
    }

    @SuppressWarnings("resource")
    private static Stream<Path> jars(Path folder) throws IOException {
        return Files.list(folder).filter(file -> file.toString().endsWith(".jar"));
    }

    private static Set<String> read(Path jar) {
        Set<String> names = new HashSet<>();
        try (JarFile opened = new JarFile(jar.toFile(), false, JarFile.OPEN_READ, Runtime.version())) {
            Iterator<JarEntry> entries = opened.versionedStream()
                    .filter(entry -> entry.getName().endsWith(".class")
                            && !entry.getName().startsWith("META-INF/")
                            && !entry.getName().endsWith("module-info.class"))
                    .iterator();
            while (entries.hasNext()) {
                try (InputStream content = opened.getInputStream(entries.next())) {
                    ClassReader read = new ClassReader(content);
                    String name = Type.getObjectType(read.getClassName()).getClassName();
                    REFERENCES.putIfAbsent(name, references(read));
                    names.add(name);
                }
            }
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All CONSTANT_Class entries (The Java Virtual Machine Specification, 4.4.1); of an array's its element. */
    private static Set<String> references(ClassReader read) {
        char[] buffer = new char[read.getMaxStringLength()];
        return Stream.iterate(1, index -> index < read.getItemCount(), index -> index + 1)
                .map(read::getItem)
                .filter(offset -> offset > 0 && read.readByte(offset - 1) == 7)
                .map(offset -> Type.getObjectType(read.readUTF8(offset, buffer)))
                .map(type -> type.getSort() == Type.ARRAY ? type.getElementType() : type)
                .filter(type -> type.getSort() == Type.OBJECT)
                .map(Type::getClassName)
                .collect(toCollection(TreeSet::new));
    }

    private static boolean isOfTheJdk(String name) {
        return ClassLoader.getPlatformClassLoader().getResource(name.replace('.', '/') + ".class") != null;
    }
}
