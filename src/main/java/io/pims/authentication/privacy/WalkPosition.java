package io.pims.authentication.privacy;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

/**
 * How far the walk over the inactive drivers is: in {@code job_turn}, as the part and the user with a slash between.
 *
 * @param part the name of a part of a driver's data; empty before the first one
 * @param after the last user who was looked at; empty at the beginning of a part
 */
record WalkPosition(String part, String after) {

    static final String JOB = "inactive-drivers";

    static final WalkPosition START = new WalkPosition("", "");

    /** The walk may have been switched off in the middle, so that nobody else takes the user out. */
    static final String FORGET = """
            UPDATE job_turn SET position = left(position, strpos(position, '/'))
            WHERE job = '%s' AND substr(position, strpos(position, '/') + 1) = $1
            """.formatted(JOB);

    static WalkPosition of(String text) {
        int slash = text.indexOf('/');
        return slash < 0 ? START : new WalkPosition(text.substring(0, slash), text.substring(slash + 1));
    }

    String text() {
        return part.isEmpty() ? "" : part + "/" + after;
    }

    /** Lets the walk begin its part again if it is at this user. */
    static Uni<Void> forget(SqlConnection connection, String user) {
        return connection.preparedQuery(FORGET).execute(Tuple.of(user)).replaceWithVoid();
    }
}
