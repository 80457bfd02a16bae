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
 * The time that a request may still wait for the database. All its waits share one bound, which begins with the first
 * of them and not before, as a body may come slowly. Work outside a request has the whole of it each time.
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

    /** Begins a request: its waits share one bound. */
    @ServerRequestFilter(preMatching = true)
    public void begin() {
        if (VertxContext.isOnDuplicatedContext()) {
            ContextLocals.put(BEGAN, new AtomicLong(NOT_YET));
        }
    }

    /** Returns the rest for the current request; zero if nothing is left. */
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

    /** Returns the whole bound. */
    public Duration whole() {
        return whole;
    }
}
