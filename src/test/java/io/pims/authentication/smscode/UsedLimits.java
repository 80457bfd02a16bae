package io.pims.authentication.smscode;

import io.pims.authentication.TestDriver;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Lets a driver's limits be fresh again, as if the time had passed. */
@ApplicationScoped
public class UsedLimits {

    private final Pool pool;

    UsedLimits(Pool pool) {
        this.pool = pool;
    }

    public void forget(TestDriver driver) {
        pool.preparedQuery("DELETE FROM rate_limit WHERE subject = $1")
                .execute(Tuple.of("user/" + driver.name()))
                .await()
                .atMost(Duration.ofSeconds(10));
    }
}
