package io.pims.authentication.survival;

import io.pims.authentication.sandbox.Behaviour;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Whether the checker would notice: a service without the guard of a claim, and nothing else wrong. */
final class Mutant implements Experiment {

    private static final int SECONDS = 20;

    @Override
    public String what() {
        return "nothing, to a build in which a claim does not look at the lease (rule 3): the checker has to find it";
    }

    @Override
    public JsonObject run() {
        PostgreSql server = Ordinary.newServer("mutant");
        Plan plan = Plan.of("mutant", server).application(Mutation.withoutGuard());
        try (Site site = new Site(server, plan).open()) {
            site.provider().behave(Behaviour.NORMAL, 100);
            JsonObject result = UnderLoad.run(site, server, UnderLoad.PER_SECOND / 2, SECONDS, there -> {});
            int found = result.getInteger("differences");
            return found > 0
                    ? result.put("verdict", "found, by %,d differences".formatted(found))
                            .put("remark", "For instance: " + withoutId(result.getJsonArray("examples")))
                            .put("differences", 0)
                    : result.put("verdict", "NOT found")
                            .put("differences", 1)
                            .put("examples", new JsonArray().add("the checker passed a service without its guard"));
        }
    }

    private static String withoutId(JsonArray examples) {
        return examples.getString(0).replaceFirst(": [^:]*$", "");
    }
}
