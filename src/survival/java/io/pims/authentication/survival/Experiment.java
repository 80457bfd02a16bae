package io.pims.authentication.survival;

import io.vertx.core.json.JsonObject;

/** One way to hurt the service. */
interface Experiment {

    /** What is done to it, for the page. */
    String what();

    /** Does it; the figures, and {@code differences}, which is empty if the service survived. */
    JsonObject run();
}
