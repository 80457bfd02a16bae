package io.pims.authentication;

import static org.awaitility.Awaitility.await;

import io.pims.authentication.readiness.Readiness;
import io.quarkus.test.junit.callback.QuarkusTestBeforeEachCallback;
import io.quarkus.test.junit.callback.QuarkusTestMethodContext;
import jakarta.enterprise.inject.spi.CDI;
import java.time.Duration;

/** Lets the first test of an application begin once its schema is there: the migration runs beside the start. */
public final class ReadyService implements QuarkusTestBeforeEachCallback {

    private static final Duration LONGEST_MIGRATION = Duration.ofSeconds(60);

    @Override
    public void beforeEach(QuarkusTestMethodContext context) {
        Readiness readiness = CDI.current().select(Readiness.class).get();
        await().atMost(LONGEST_MIGRATION)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .until(readiness::isReady);
    }
}
