package io.pims.authentication.personaldata;

import static java.util.stream.Collectors.toSet;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.SqlResult;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Runs the statements that most parts of {@link PersonalData} have, each within the SQL transaction on the connection. */
public final class UserStatements {

    private UserStatements() {}

    /** @param sql reads the rows of the user in its one parameter */
    public static Uni<List<Kept>> read(SqlConnection connection, String sql, String user, Function<Row, Kept> kept) {
        return connection
                .preparedQuery(sql)
                .execute(Tuple.of(user))
                .map(rows -> rows.stream().map(kept).toList());
    }

    /**
     * @param sql deletes or changes the rows of the user in its one parameter
     * @return how many it were
     */
    public static Uni<Integer> change(SqlConnection connection, String sql, String user) {
        return connection.preparedQuery(sql).execute(Tuple.of(user)).map(SqlResult::rowCount);
    }

    /** @param sql reads {@code user_id} of those after the one in its one parameter */
    public static Uni<List<String>> users(SqlConnection connection, String sql, String after) {
        return connection
                .preparedQuery(sql)
                .execute(Tuple.of(after))
                .map(rows -> rows.stream().map(UserStatements::user).toList());
    }

    /** @param sql reads {@code user_id} of those users in its first parameter who did something, by its second in seconds */
    public static Uni<Set<String>> active(
            SqlConnection connection, String sql, Collection<String> users, Duration within) {
        return connection
                .preparedQuery(sql)
                .execute(Tuple.of(users.toArray(String[]::new), (double) within.toSeconds()))
                .map(rows -> rows.stream().map(UserStatements::user).collect(toSet()));
    }

    private static String user(Row row) {
        return row.getString("user_id");
    }
}
