package io.pims.authentication.performance;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/** Flight Recorder's execution samples: which methods ran, and on whose behalf. */
final class Samples {

    /** A sample belongs to the part whose frame is nearest to the top of its stack. */
    private static final Map<String, List<String>> PARTS = new LinkedHashMap<>();

    static {
        PARTS.put(
                "token (OIDC, JWT, RSA)",
                List.of("io.quarkus.oidc", "org.jose4j", "io.quarkus.security", "sun.security.rsa"));
        PARTS.put("Hibernate", List.of("org.hibernate", "io.quarkus.hibernate"));
        PARTS.put("PostgreSQL client", List.of("io.vertx.pgclient", "io.vertx.sqlclient"));
        PARTS.put("JSON", List.of("com.fasterxml.jackson", "io.vertx.core.json"));
        PARTS.put("REST", List.of("org.jboss.resteasy", "io.quarkus.resteasy", "io.quarkus.rest"));
        PARTS.put(
                "sending (Vonage SDK, fault tolerance)",
                List.of("com.vonage", "org.apache.http", "io.smallrye.faulttolerance"));
        PARTS.put("log", List.of("org.jboss.logmanager", "org.jboss.logging"));
        PARTS.put("metrics", List.of("io.micrometer"));
        PARTS.put("the service itself", List.of("io.pims"));
        PARTS.put("Mutiny, Arc, Quarkus", List.of("io.smallrye", "io.quarkus"));
        PARTS.put("HTTP, network", List.of("io.vertx", "io.netty", "sun.nio"));
    }

    private static final int LONGEST = 25;

    private final Map<String, Integer> methods = new HashMap<>();
    private final Map<String, Integer> parts = new HashMap<>();
    private final Map<String, Integer> ours = new HashMap<>();
    private int count;

    private Samples() {}

    static Samples read(Path recording, Instant from, Instant to) {
        Samples samples = new Samples();
        try (RecordingFile file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                RecordedEvent event = file.readEvent();
                if (event.getEventType().getName().equals("jdk.ExecutionSample")
                        && event.getStackTrace() != null
                        && !event.getStartTime().isBefore(from)
                        && !event.getStartTime().isAfter(to)) {
                    samples.add(event);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return samples;
    }

    private void add(RecordedEvent event) {
        List<RecordedFrame> frames = event.getStackTrace().getFrames();
        count++;
        methods.merge(name(frames.get(0)), 1, Integer::sum);
        parts.merge(part(frames), 1, Integer::sum);
        frames.stream()
                .map(Samples::name)
                .filter(name -> name.startsWith("io.pims."))
                .distinct()
                .forEach(name -> ours.merge(name, 1, Integer::sum));
    }

    private static String name(RecordedFrame frame) {
        return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
    }

    private static String part(List<RecordedFrame> frames) {
        for (RecordedFrame frame : frames) {
            for (Map.Entry<String, List<String>> part : PARTS.entrySet()) {
                if (part.getValue().stream().anyMatch(name(frame)::startsWith)) {
                    return part.getKey();
                }
            }
        }
        return "others";
    }

    void print() {
        System.out.printf("%d samples of the service%n", count);
        print("by part, nearest frame", parts);
        print("methods at the top", methods);
        print("ours, with all that they call", ours);
    }

    private void print(String title, Map<String, Integer> shares) {
        System.out.println("-- " + title);
        sorted(shares).forEach(share -> System.out.printf("%5.1f %%  %s%n", percent(share.getValue()), share.getKey()));
    }

    private List<Map.Entry<String, Integer>> sorted(Map<String, Integer> shares) {
        return shares.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
                .limit(LONGEST)
                .toList();
    }

    JsonObject json() {
        return new JsonObject().put("count", count).put("parts", json(parts)).put("methods", json(methods));
    }

    private JsonArray json(Map<String, Integer> shares) {
        JsonArray json = new JsonArray();
        sorted(shares)
                .forEach(share -> json.add(new JsonObject()
                        .put("name", share.getKey())
                        .put("percent", Figures.rounded(percent(share.getValue())))));
        return json;
    }

    private double percent(int samples) {
        return 100.0 * samples / count;
    }
}
