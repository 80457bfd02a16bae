package io.pims.authentication.pincode;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.pims.authentication.personaldata.Kept;
import io.pims.authentication.personaldata.KeptIn;
import io.pims.authentication.personaldata.LockOrder;
import io.pims.authentication.personaldata.PersonalData;
import io.pims.authentication.personaldata.UserStatements;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** The PIN as the driver's data. It is told that there is one, and never its hash: that is of use to a thief alone. */
@ApplicationScoped
@KeptIn({"pin_code", "pin_code_absent"})
class PinData implements PersonalData {

    private static final String READ = """
            SELECT changed_at, proved_at, failures, NULL::timestamptz AS tried_at FROM pin_code WHERE user_id = $1
            UNION ALL SELECT NULL, NULL, failures, tried_at FROM pin_code_absent WHERE user_id = $1
            """;

    private static final String ERASE = "DELETE FROM pin_code WHERE user_id = $1";
    private static final String ERASE_ABSENT = "DELETE FROM pin_code_absent WHERE user_id = $1";

    private static final String USERS = """
            SELECT user_id FROM pin_code WHERE user_id > $1 ORDER BY user_id LIMIT %d
            """.formatted(USERS_PER_PAGE);

    private static final String ACTIVE = """
            SELECT user_id FROM pin_code
            WHERE user_id = ANY($1::text[]) AND greatest(changed_at, proved_at) > now() - make_interval(secs => $2)
            """;

    /**
     * A PIN that is set, or wrong tries at one that is not.
     *
     * @param changedAt the time at which it was set; null if none is
     * @param provedAt the last time that it was proved or set; null if none is set
     * @param wrongTries in a row
     * @param triedAt the last wrong try where no PIN is set
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Pin(OffsetDateTime changedAt, OffsetDateTime provedAt, int wrongTries, OffsetDateTime triedAt)
            implements Kept {}

    @Override
    public LockOrder order() {
        return LockOrder.PINS;
    }

    @Override
    public String name() {
        return "pinCodes";
    }

    @Override
    public Uni<List<Kept>> read(SqlConnection connection, String user) {
        return UserStatements.read(
                connection,
                READ,
                user,
                row -> new Pin(
                        row.getOffsetDateTime("changed_at"),
                        row.getOffsetDateTime("proved_at"),
                        row.getInteger("failures"),
                        row.getOffsetDateTime("tried_at")));
    }

    @Override
    public Uni<Integer> erase(SqlConnection connection, String user, String pseudonym) {
        return UserStatements.change(connection, ERASE, user)
                .flatMap(pins ->
                        UserStatements.change(connection, ERASE_ABSENT, user).map(absent -> pins + absent));
    }

    @Override
    public Uni<List<String>> users(SqlConnection connection, String after) {
        return UserStatements.users(connection, USERS, after);
    }

    @Override
    public Uni<Set<String>> active(SqlConnection connection, Collection<String> users, Duration within) {
        return UserStatements.active(connection, ACTIVE, users, within);
    }
}
