package io.pims.authentication.sandbox;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Points the service at the sandbox in dev mode and in tests, and at nothing otherwise. */
public final class SandboxConfigSourceFactory implements ConfigSourceFactory {

    static final String FOLDER = "pims.sandbox.data-directory";

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        List<String> profiles = context.getProfiles();
        if (profiles.contains("dev")) {
            return List.of(
                    new SandboxConfigSource(folder(context, Path.of("target", "sandbox")), roads(context), "enforce"));
        }
        if (profiles.contains("test")) {
            // One a run: tests start from an empty database, and two runs beside each other do not meet.
            String run = Long.toString(ProcessHandle.current().pid());
            Path fresh = TestFolders.fresh(Path.of("target", "sandbox-test"), run);
            // Tests that need it switch it on.
            return List.of(new SandboxConfigSource(folder(context, fresh), roads(context), "off"));
        }
        return List.of();
    }

    private static SandboxRoads roads(ConfigSourceContext context) {
        return new SandboxRoads(
                name -> Optional.ofNullable(context.getValue(name)).map(ConfigValue::getValue));
    }

    private static Path folder(ConfigSourceContext context, Path usual) {
        return Optional.ofNullable(context.getValue(FOLDER))
                .map(ConfigValue::getValue)
                .map(Path::of)
                .orElse(usual)
                .toAbsolutePath()
                .normalize();
    }
}
