package io.pims.authentication.survival;

import io.pims.authentication.sandbox.FakeVonage;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What differs between experiments.
 *
 * @param hosts of the database, {@code host:port}, several separated by commas
 * @param settings of the replicas beside the usual ones
 * @param java options of their JVMs beside the usual ones
 * @param application the folder of the service
 * @param providerHost a name for loopback
 * @param roads names of the roads to the phone in their order; empty for the only one. The first goes by Vonage's SMS
 *     API, the others by a webhook
 */
record Plan(
        String name,
        String hosts,
        Map<String, String> settings,
        List<String> java,
        Path application,
        String providerHost,
        List<String> roads) {

    /** The name that the service gives it. */
    static final String ONLY_ROAD = "vonage";

    static Plan of(String name, PostgreSql server) {
        return new Plan(
                name,
                "127.0.0.1:" + server.port(),
                Map.of(),
                List.of(),
                Path.of(System.getProperty("quarkus.application.directory")),
                "127.0.0.1",
                List.of());
    }

    Plan hosts(String newHosts) {
        return new Plan(name, newHosts, settings, java, application, providerHost, roads);
    }

    Plan settings(Map<String, String> newSettings) {
        return new Plan(name, hosts, newSettings, java, application, providerHost, roads);
    }

    Plan java(String... newJava) {
        return new Plan(name, hosts, settings, List.of(newJava), application, providerHost, roads);
    }

    Plan providerHost(String newProviderHost) {
        return new Plan(name, hosts, settings, java, application, newProviderHost, roads);
    }

    Plan application(Path newApplication) {
        return new Plan(name, hosts, settings, java, newApplication, providerHost, roads);
    }

    Plan roads(String... newRoads) {
        return new Plan(name, hosts, settings, java, application, providerHost, List.of(newRoads));
    }

    /**
     * Returns the settings of the roads; none for the only one.
     *
     * @param address gives where each road's provider is
     */
    Map<String, String> roads(UnaryOperator<String> address) {
        Map<String, String> set = new HashMap<>();
        if (!roads.isEmpty()) {
            set.put("pims.sms.routes", String.join(",", roads));
            set.put("pims.sms.vonage.api-key", "");
            set.put("pims.sms.vonage.api-secret", "");
            set.put("pims.sms.vonage.base-uri", "");
        }
        for (String name : roads) {
            String road = "pims.sms.routes." + name + ".";
            if (name.equals(roads.get(0))) {
                set.put(road + "provider", "vonage");
                set.put(road + "vonage.api-key", FakeVonage.API_KEY);
                set.put(road + "vonage.api-secret", FakeVonage.API_SECRET);
                set.put(road + "vonage.base-uri", address.apply(name));
            } else {
                set.put(road + "provider", "webhook");
                set.put(road + "webhook.secrets", FakeVonage.WEBHOOK_SECRET);
                set.put(road + "webhook.url", address.apply(name) + "/webhook/sms");
            }
        }
        return set;
    }
}
