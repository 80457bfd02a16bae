package io.pims.authentication.performance;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Runs one experiment, or all of them, and writes what came out to {@code target/NAME.json}. */
public final class Experiments {

    /** In the order of the page. */
    static final Map<String, Supplier<Experiment>> ALL = new LinkedHashMap<>();

    /** On request only: these compare what is not committed. */
    private static final Map<String, Supplier<Experiment>> OTHERS = Map.of("builds", Builds::new);

    static {
        ALL.put("roofline", Roofline::new);
        ALL.put("profile", Profile::new);
        ALL.put("story", Story::new);
        ALL.put("growth", Growth::new);
        ALL.put("sending", Sending::new);
        ALL.put("waiting", Waiting::new);
        ALL.put("idle", Idle::new);
        ALL.put("heap", Heap::new);
        ALL.put("start", Start::new);
        ALL.put("first-minute", FirstMinute::new);
        ALL.put("resealing", Resealing::new);
    }

    private Experiments() {}

    public static void main(String... arguments) throws IOException {
        Optional<String> missing = Tools.missing();
        if (missing.isPresent()) {
            System.err.println(missing.get());
            System.exit(1);
        }
        if (Options.isSet("commit") && !Options.areDefaults()) {
            System.err.println("Only what is measured with the defaults is committed");
            System.exit(1);
        }
        String wanted = arguments[0];
        List<String> names = wanted.equals("all") ? List.copyOf(ALL.keySet()) : List.of(wanted.split(","));
        for (String name : names) {
            if (!ALL.containsKey(name) && !OTHERS.containsKey(name)) {
                System.err.println("No experiment " + name + "; there are all, " + String.join(", ", ALL.keySet())
                        + ", " + String.join(", ", OTHERS.keySet()));
                System.exit(1);
            }
        }
        if (Options.isSet("commit") && !ALL.keySet().containsAll(names)) {
            System.err.println("A comparison of builds is not committed");
            System.exit(1);
        }
        for (String name : names) {
            System.out.println("== " + name);
            Experiment experiment = experiment(name);
            JsonObject result = experiment.run();
            System.out.println(experiment.markdown(result));
            Files.writeString(Path.of("target", name + ".json"), result.encodePrettily() + "\n");
            if (Options.isSet("commit")) {
                PerformanceSection.commit(name, result);
            }
        }
        // The HTTP client and the tools of the tests may have threads that live on.
        System.exit(0);
    }

    private static Experiment experiment(String name) {
        try {
            return ALL.getOrDefault(name, OTHERS.get(name)).get();
        } catch (IllegalArgumentException wrongOption) {
            System.err.println(wrongOption.getMessage());
            System.exit(1);
            throw wrongOption;
        }
    }
}
