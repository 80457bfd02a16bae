package io.pims.authentication.survival;

import io.pims.authentication.performance.Waits;
import io.pims.authentication.sandbox.Behaviour;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The provider in every bad state it can be in, one after the other, each followed by a moment of health. */
final class ProviderTrouble implements Experiment {

    /** Less than elsewhere: what waits for a provider that hangs must not be a queue of its own making. */
    private static final int PER_SECOND = 20;

    private static final int HEALTHY_S = 3;
    private static final int CALM_S = 5;
    private static final int NO_NAME_S = 10;
    private static final String HOST = "provider.localhost";
    private static final Map<Behaviour, Integer> SECONDS = new LinkedHashMap<>();

    static {
        SECONDS.put(Behaviour.UNREACHABLE, 10);
        SECONDS.put(Behaviour.HANG, 12);
        SECONDS.put(Behaviour.SLOW, 12);
        SECONDS.put(Behaviour.HALF, 8);
        SECONDS.put(Behaviour.GARBAGE, 8);
        SECONDS.put(Behaviour.ERROR, 8);
        SECONDS.put(Behaviour.REFUSE, 3);
        SECONDS.put(Behaviour.THROTTLE, 60);
    }

    private final Path hosts = Site.FOLDER.resolve("provider").resolve("hosts");

    @Override
    public String what() {
        return "the provider refuses connections (10 s), hangs (12 s), sends and answers too late (12 s), sends and"
                + " breaks off its answer (8 s), answers with something that is no JSON (8 s) or 503 (8 s), refuses (3 s),"
                + " throttles (60 s), and its name does not resolve (10 s); at 20 requests a second";
    }

    @Override
    public JsonObject run() {
        PostgreSql server = Ordinary.newServer("provider");
        resolve(true);
        Plan plan = Plan.of("provider", server)
                .providerHost(HOST)
                .java("-Djdk.net.hosts.file=" + hosts, "-Dsun.net.inetaddr.ttl=1", "-Dsun.net.inetaddr.negative.ttl=1");
        int seconds = CALM_S
                + NO_NAME_S
                + 2 * HEALTHY_S
                + SECONDS.values().stream().mapToInt(each -> each + HEALTHY_S).sum();
        try (Site site = new Site(server, plan).open()) {
            return UnderLoad.run(site, server, PER_SECOND, seconds, this::everything);
        }
    }

    private void everything(Site site) {
        ProviderProcess provider = site.provider();
        SECONDS.forEach((behaviour, seconds) -> {
            // Zero is "as long as the behaviour has it".
            provider.behave(behaviour, behaviour == Behaviour.SLOW ? 0 : Site.LATENCY_MS);
            Waits.seconds(seconds);
            provider.behave(Behaviour.NORMAL, Site.LATENCY_MS);
            Waits.seconds(HEALTHY_S);
        });
        resolve(false);
        // Open connections would need no name.
        provider.behave(Behaviour.UNREACHABLE, 0);
        provider.behave(Behaviour.NORMAL, Site.LATENCY_MS);
        Waits.seconds(NO_NAME_S);
        resolve(true);
    }

    private void resolve(boolean works) {
        try {
            Files.createDirectories(hosts.getParent());
            Files.writeString(hosts, "127.0.0.1 localhost" + (works ? "\n127.0.0.1 " + HOST : "") + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
