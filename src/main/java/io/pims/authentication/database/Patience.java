package io.pims.authentication.database;

import io.pims.authentication.configuration.WrongSetting;
import io.quarkus.runtime.Startup;
import io.smallrye.common.vertx.ContextLocals;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.Config;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * How much longer a request may wait. All that it waits for shares one bound, which begins when it waits first and not
 * before, as its body may come slowly. What is not part of a request has the whole of it each time.
 */
@Startup
@ApplicationScoped
public class Patience {

    private static final String FORMER_KEY = "pims.smscode.patience";
    private static final String KEY = "pims.database.patience";
    private static final String BEGAN = Patience.class.getName();
    private static final long NOT_YET = 0;

    private final Duration whole;

    Patience(DatabaseConfig config, Config settings) {
        if (settings.getOptionalValue(FORMER_KEY, String.class).isPresent()) {
            throw new WrongSetting(FORMER_KEY, "is not read any more: write " + KEY + " in its place");
        }
        whole = config.patience();
    }

    /** Lets what is asked from here on be one request. */
    @ServerRequestFilter(preMatching = true)
    public void begin() {
        if (VertxContext.isOnDuplicatedContext()) {
            ContextLocals.put(BEGAN, new AtomicLong(NOT_YET));
        }
    }

    /** What is left of it; zero if nothing is. */
    public Duration left() {
        Context context = Vertx.currentContext();
        AtomicLong began = context == null || !VertxContext.isDuplicatedContext(context)
                ? null
                : context.<AtomicLong>getLocal(BEGAN);
        if (began == null) {
            return whole;
        }
        long now = System.nanoTime() | 1;
        began.compareAndSet(NOT_YET, now);
        Duration left = whole.minusNanos(now - began.get());
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** All of it. */
    public Duration whole() {
        return whole;
    }
}
