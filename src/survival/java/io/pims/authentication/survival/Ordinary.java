package io.pims.authentication.survival;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/**
 * An experiment with two replicas and one server.
 *
 * @param seconds that drivers come
 * @param plan what differs from the usual
 * @param trouble what happens meanwhile
 */
record Ordinary(
        String name,
        String what,
        int perSecond,
        int seconds,
        UnaryOperator<Plan> plan,
        BiConsumer<Site, PostgreSql> trouble)
        implements Experiment {

    Ordinary(String name, String what, int seconds, BiConsumer<Site, PostgreSql> trouble) {
        this(name, what, UnderLoad.PER_SECOND, seconds, UnaryOperator.identity(), trouble);
    }

    static PostgreSql newServer(String name) {
        Path folder = Site.FOLDER.resolve(name).resolve("postgresql");
        Folders.delete(folder);
        return PostgreSql.start(folder, Map.of());
    }

    @Override
    public JsonObject run() {
        PostgreSql server = newServer(name);
        try (Site site = new Site(server, plan.apply(Plan.of(name, server))).open()) {
            return UnderLoad.run(site, server, perSecond, seconds, there -> trouble.accept(there, server));
        }
    }
}
