package io.pims.authentication.code;

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
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** The codes as the driver's data: when they were issued and used, never the digits. */
@ApplicationScoped
@KeptIn("sms_code")
class CodeData implements PersonalData {

    private static final String READ = """
            SELECT type, issued_at, expires_at, spent_at, guesses, sends, country FROM sms_code WHERE user_id = $1
            """;

    private static final String ERASE = "DELETE FROM sms_code WHERE user_id = $1";

    /** A code was asked for before it expired. The later one counts, so that nobody is taken for inactive too early. */
    private static final String ACTIVE = """
            SELECT user_id FROM sms_code
            WHERE user_id = ANY($1::text[]) AND expires_at > now() - make_interval(secs => $2)
            """;

    /**
     * The last code of a type.
     *
     * @param issuedAt null for a code of an earlier release
     * @param spentAt null if nobody has spent it
     * @param guesses at this code
     * @param sends SMS with this code
     * @param country of the number that it went to; null if it is not known
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Code(
            String type,
            OffsetDateTime issuedAt,
            OffsetDateTime expiresAt,
            OffsetDateTime spentAt,
            int guesses,
            int sends,
            String country)
            implements Kept {}

    @Override
    public LockOrder order() {
        return LockOrder.CODES;
    }

    @Override
    public String name() {
        return "codes";
    }

    @Override
    public Uni<List<Kept>> read(SqlConnection connection, String user) {
        return UserStatements.read(connection, READ, user, CodeData::code);
    }

    private static Code code(Row row) {
        return new Code(
                row.getString("type"),
                row.getOffsetDateTime("issued_at"),
                row.getOffsetDateTime("expires_at"),
                row.getOffsetDateTime("spent_at"),
                row.getInteger("guesses"),
                row.getInteger("sends"),
                row.getString("country"));
    }

    @Override
    public Uni<Integer> erase(SqlConnection connection, String user, String pseudonym) {
        return UserStatements.change(connection, ERASE, user);
    }

    @Override
    public Uni<Set<String>> active(SqlConnection connection, Collection<String> users, Duration within) {
        return UserStatements.active(connection, ACTIVE, users, within);
    }
}
