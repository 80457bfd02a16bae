package io.pims.authentication.facade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import com.android.tools.r8.BaseCommand;
import com.android.tools.r8.ByteDataView;
import com.android.tools.r8.ClassFileConsumer;
import com.android.tools.r8.D8;
import com.android.tools.r8.D8Command;
import com.android.tools.r8.DexIndexedConsumer;
import com.android.tools.r8.Diagnostic;
import com.android.tools.r8.DiagnosticsHandler;
import com.android.tools.r8.JdkClassFileProvider;
import com.android.tools.r8.R8;
import com.android.tools.r8.R8Command;
import com.android.tools.r8.origin.Origin;
import com.example.resetpin.ResetPinActivity;
import com.squareup.moshi.JsonReader;
import io.pims.authentication.facade.coroutines.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import kotlinx.coroutines.Job;
import okhttp3.OkHttpClient;
import okio.Buffer;
import org.jetbrains.annotations.NotNull;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Android's compilers make of the clients, and how much an app grows by them. */
class DexTest {

    private static final int ANDROID_8 = 26;
    private static final int MOST = 150_000;

    private final Collected collected = new Collected();

    @Test
    void r8_has_nothing_to_complain_of_and_an_app_grows_by_little() throws Exception {
        int without = shrunk(AppWithoutClient.class);
        int with = shrunk(AppWithoutClient.class, AppWithClient.class);

        int grown = with - without;
        System.out.println("The facade adds " + grown + " bytes to an app that has OkHttp, after R8.");
        assertThat(collected.complaints).isEmpty();
        assertThat(grown).isBetween(1, MOST);
        assertThat(grown / 1000.0).isCloseTo(saidByThePage(), within(3.0));
    }

    @Test
    void d8_has_nothing_to_complain_of_without_a_desugared_library() throws Exception {
        D8Command.Builder d8 = D8Command.builder(collected).addProgramFiles(everything());
        prepare(d8);

        D8.run(d8.setMinApiLevel(ANDROID_8).setProgramConsumer(collected).build());

        assertThat(collected.complaints).isEmpty();
        assertThat(collected.bytes).isPositive();
    }

    @Test
    void r8_keeps_the_activity_and_the_coroutines_that_it_uses() throws Exception {
        R8Command.Builder r8 = R8Command.builder(collected)
                .addProgramFiles(everything())
                .addProguardConfiguration(
                        List.of("-keep class " + ResetPinActivity.class.getName() + " { *; }"), Origin.unknown());
        prepare(r8);

        R8.run(r8.setMinApiLevel(ANDROID_8).setProgramConsumer(collected).build());

        assertThat(collected.complaints).isEmpty();
        assertThat(collected.bytes).isPositive();
    }

    /** R8 renames and removes what nobody names: reflection would miss it. Of its two outputs this one runs here. */
    @Test
    void what_r8_leaves_of_the_facade_works(@TempDir Path folder) throws Exception {
        Path app = folder.resolve("app.jar");
        R8.run(minimal(AppWithClient.class)
                .setProgramConsumer(new ClassFileConsumer.ArchiveConsumer(app))
                .build());

        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (ScriptedService service = new ScriptedService(ScriptedService.pending(), ScriptedService.succeeded());
                URLClassLoader loader =
                        new URLClassLoader(new URL[] {app.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            loader.loadClass(AppWithClient.class.getName())
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) new String[] {service.uri().toString(), "token"});
            assertThatExceptionOfType(ClassNotFoundException.class)
                    .as("it is renamed")
                    .isThrownBy(() -> loader.loadClass(Pims.class.getName()));
        } finally {
            System.setOut(before);
        }

        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("SUCCEEDED");
    }

    /** The size of an app of these classes, in bytes of dex. */
    private int shrunk(Class<?>... app) throws Exception {
        collected.bytes = 0;
        R8.run(minimal(app)
                .setMinApiLevel(ANDROID_8)
                .setProgramConsumer(collected)
                .build());
        return collected.bytes;
    }

    /** An app of these classes, each with its main method. */
    private R8Command.Builder minimal(Class<?>... app) throws Exception {
        List<String> rules = new ArrayList<>();
        R8Command.Builder r8 = R8Command.builder(collected).addProgramFiles(libraries());
        for (Class<?> type : app) {
            r8.addProgramFiles(where(type).resolve(type.getName().replace('.', '/') + ".class"));
            rules.add("-keep class " + type.getName() + " { public static void main(java.lang.String[]); }");
        }
        prepare(r8);
        return r8.addProguardConfiguration(rules, Origin.unknown());
    }

    /** Android 8.0, and of Java what Android has no classes of its own for: animal-sniffer looks at these. */
    private static void prepare(BaseCommand.Builder<?, ?> command) throws IOException, URISyntaxException {
        command.addLibraryFiles(where(android.app.Activity.class))
                .addLibraryResourceProvider(JdkClassFileProvider.fromJdkHome(Path.of(System.getProperty("java.home"))));
    }

    private static List<Path> libraries() throws URISyntaxException {
        return List.of(
                where(Pims.class),
                where(JsonReader.class),
                where(OkHttpClient.class),
                where(Buffer.class),
                where(kotlin.Unit.class),
                where(NotNull.class));
    }

    private static List<Path> everything() throws URISyntaxException, IOException {
        List<Path> all = new ArrayList<>(libraries());
        all.add(where(Outcome.class));
        all.add(where(Job.class));
        try (Stream<Path> files = Files.walk(where(ResetPinActivity.class))) {
            files.filter(file -> file.toString().endsWith(".class")).forEach(all::add);
        }
        return all;
    }

    private static Path where(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    /** In KB. */
    private static double saidByThePage() throws IOException {
        String page = Files.readString(Path.of(System.getProperty("service.directory"), "src/site/markdown/facade.md"));
        Matcher size = Pattern.compile("\\| (\\d+) KB of dex with Moshi, without OkHttp")
                .matcher(page);
        assertThat(size.find()).isTrue();
        return Double.parseDouble(size.group(1));
    }

    /** Whatever is said, and how much is made. */
    private static final class Collected extends DexIndexedConsumer.ForwardingConsumer implements DiagnosticsHandler {

        private final List<String> complaints = new ArrayList<>();
        private int bytes;

        Collected() {
            super(null);
        }

        @Override
        public synchronized void accept(int index, ByteDataView data, Set<String> classes, DiagnosticsHandler handler) {
            bytes += data.getLength();
        }

        @Override
        public synchronized void warning(Diagnostic warning) {
            complaints.add(warning.getDiagnosticMessage());
        }

        @Override
        public synchronized void error(Diagnostic error) {
            complaints.add(error.getDiagnosticMessage());
        }

        @Override
        public void info(Diagnostic info) {
            // A rule of a library's that matches nothing.
        }
    }
}
