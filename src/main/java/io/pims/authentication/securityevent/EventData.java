package io.pims.authentication.securityevent;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.pims.authentication.personaldata.Kept;
import io.pims.authentication.personaldata.KeptIn;
import io.pims.authentication.personaldata.LockOrder;
import io.pims.authentication.personaldata.PersonalData;
import io.pims.authentication.personaldata.UserStatements;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.SqlResult;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/**
 * Security events as the driver's data. They are evidence and stay, told of a pseudonym, with all left out that would lead
 * back from another record: the address, the ids of requests, the time within the hour, and the actor of the own account.
 */
@ApplicationScoped
@KeptIn("security_event")
class EventData implements PersonalData {

    private static final String READ = """
            SELECT id, what, error_code, times, transaction_id, address_hash, reason, at, last_at
            FROM security_event WHERE user_id = $1 ORDER BY id DESC LIMIT %d
            """.formatted(MOST_ROWS + 1);

    /**
     * By new rows in the place of the old ones: no event is ever changed. The new ids have the hour and the order of the old
     * ones within it, and nothing else of them.
     */
    private static final String ERASE = """
            WITH gone AS (
                DELETE FROM security_event WHERE user_id = $1
                RETURNING id, what, error_code, date_trunc('hour', at, 'UTC') AS at, hour, times,
                    date_trunc('hour', last_at, 'UTC') AS last_at, nullif(actor, $1) AS actor)
            INSERT INTO security_event (id, user_id, what, error_code, transaction_id, at, hour, times, last_at, actor)
            SELECT (lpad(to_hex(1000 * extract(epoch FROM at)::bigint
                        + least(row_number() OVER (PARTITION BY at ORDER BY id), 3599999)), 12, '0')
                    || '7' || substr(md5(gen_random_uuid()::text), 1, 3) || 'a' || substr(md5(gen_random_uuid()::text), 1, 15))::uuid,
                $2, what, error_code, gen_random_uuid(), at, hour, times, last_at, actor
            FROM gone
            """;

    /**
     * An event.
     *
     * @param code the error code of a refusal; null if the operation was done
     * @param addressHash keyed hash of the client's address; null if that was not known
     * @param reason of the help desk; null if it did not act
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record HappenedEvent(
            UUID id,
            String what,
            Integer code,
            int times,
            UUID transactionId,
            String addressHash,
            String reason,
            OffsetDateTime at,
            OffsetDateTime lastAt)
            implements Kept {}

    @Override
    public LockOrder order() {
        return LockOrder.EVENTS;
    }

    @Override
    public String name() {
        return "events";
    }

    @Override
    public Uni<List<Kept>> read(SqlConnection connection, String user) {
        return UserStatements.read(connection, READ, user, EventData::event);
    }

    private static HappenedEvent event(Row row) {
        return new HappenedEvent(
                row.getUUID("id"),
                row.getString("what"),
                row.getInteger("error_code"),
                row.getInteger("times"),
                row.getUUID("transaction_id"),
                row.getString("address_hash"),
                row.getString("reason"),
                row.getOffsetDateTime("at"),
                row.getOffsetDateTime("last_at"));
    }

    @Override
    public Uni<Integer> erase(SqlConnection connection, String user, String pseudonym) {
        return connection
                .preparedQuery(ERASE)
                .execute(Tuple.of(user, pseudonym))
                .map(SqlResult::rowCount);
    }
}
