package io.pims.authentication;

import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;

/** Looks behind the service, and lets time pass there. */
@ApplicationScoped
public class Database {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Pool pool;

    Database(Pool pool) {
        this.pool = pool;
    }

    public RowSet<Row> execute(String sql, Object... values) {
        return pool.preparedQuery(sql)
                .execute(Tuple.from(List.of(values)))
                .await()
                .atMost(PATIENCE);
    }

    public long count(String sql, Object... values) {
        return execute(sql, values).iterator().next().getLong(0);
    }

    /** Lets the driver's codes have been issued so much earlier, such as {@code 10 minutes}. */
    public void ageCodes(TestDriver driver, String interval) {
        execute(
                "UPDATE sms_code SET expires_at = expires_at - CAST('" + interval + "' AS interval) WHERE user_id = $1",
                driver.name());
    }

    /** Locks the driver's PIN in a SQL transaction that then says nothing more. */
    public void holdPin(TestDriver driver) {
        pool.getConnection()
                .flatMap(connection -> connection
                        .query("BEGIN")
                        .execute()
                        .chain(() -> connection
                                .preparedQuery("SELECT 1 FROM pin_code WHERE user_id = $1 FOR UPDATE")
                                .execute(Tuple.of(driver.name()))))
                .await()
                .atMost(PATIENCE);
    }
}
