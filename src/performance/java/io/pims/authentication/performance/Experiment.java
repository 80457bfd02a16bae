package io.pims.authentication.performance;

import io.vertx.core.json.JsonObject;

/** One question about the speed of the service. */
interface Experiment {

    /** Measures, telling on standard output how it goes. */
    JsonObject run();

    /** A result as the page shows it: what was done, and a table. */
    String markdown(JsonObject result);
}
