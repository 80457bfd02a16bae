package io.pims.authentication.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.core.JsonParseException;
import io.smallrye.mutiny.CompositeException;
import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import jakarta.persistence.PersistenceException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.sql.SQLException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.hibernate.HibernateException;
import org.hibernate.exception.ConstraintViolationException;
import org.hibernate.exception.JDBCConnectionException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutageTest {

    private static final Throwable REFUSED = new ConnectException("Connection refused");
    private static final Throwable INACTIVE =
            new NoStackTraceThrowable("Connection is not active now, current status: CLOSED");
    private static final Throwable LOST = new VertxException(
            "Pending requests failed to be sent due to connection has been closed.", new IOException("Broken pipe"));
    private static final Throwable DUPLICATE = refusal("23505");

    static Stream<Arguments> outages() {
        return Stream.of(
                arguments("a refused connection", REFUSED),
                arguments("a host without an address", new UnknownHostException("pims-postgresql-rw")),
                arguments("a reset", new SocketException("Connection reset")),
                arguments("a broken pipe", new IOException("Broken pipe")),
                arguments("a channel that is closed", new ClosedChannelException()),
                arguments("a reply that never came", ClosedConnectionException.INSTANCE),
                arguments("a connection that was just closed", INACTIVE),
                arguments("what was not sent any more", LOST),
                arguments("no connection in time", new NoStackTraceThrowable("Timeout")),
                arguments("no answer in time", new TimeoutException()),
                arguments("no item in time", new io.smallrye.mutiny.TimeoutException()),
                arguments("of Hibernate", new PersistenceException(new CompletionException(REFUSED))),
                arguments("as Hibernate tells a state", new JDBCConnectionException("away", sql("08006"))),
                arguments("of a state alone", new PersistenceException(new HibernateException(sql("57P01")))),
                arguments("in a wrapper of any kind", new IllegalStateException(new UncheckedIOException(reset()))),
                arguments(
                        "the second of several",
                        new CompositeException(new IllegalStateException("Session is closed"), INACTIVE)),
                arguments(
                        "several within several",
                        new CompositeException(
                                new IllegalStateException("one"),
                                new RuntimeException(new CompositeException(new RuntimeException("two"), LOST)))),
                arguments("beside the failure", suppressed(new IllegalStateException("closing"), reset())),
                arguments(
                        "a statement after one that the end of the server failed",
                        new CompositeException(refusal("25P02"), refusal("57P02"))),
                arguments("in a circle", circle(REFUSED)));
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                arguments("a duplicate", DUPLICATE),
                arguments("a duplicate, of Hibernate", constraint()),
                arguments(
                        "a duplicate, in several wrappers",
                        new PersistenceException(new CompletionException(DUPLICATE))),
                arguments(
                        "a duplicate whose transaction could not be rolled back",
                        new CompositeException(DUPLICATE, LOST)),
                arguments("a duplicate, with a reset beside it", suppressed(constraint(), reset())),
                arguments("an outage, and then a fault in SQL", new CompositeException(LOST, refusal("42601"))),
                arguments(
                        "a statement after one that failed",
                        new CompositeException(refusal("25P02"), refusal("42P01"))),
                arguments("a statement that nobody knows the first failure of", refusal("25P02")),
                arguments("a mapping", new PersistenceException("Unable to locate persister")),
                arguments("a wrong parameter", new NoStackTraceThrowable("Parameter at position[0] with class ...")),
                arguments("a null", new NullPointerException()),
                arguments("a file that is not there", new FileNotFoundException("tls.crt")),
                arguments("what is no JSON", new UncheckedIOException(new JsonParseException(null, "no JSON"))),
                arguments("in a circle", circle(new IllegalArgumentException())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("outages")
    void the_database_is_away(String what, Throwable failure) {
        assertThat(Outage.isBehind(failure)).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void the_service_is_at_fault(String what, Throwable failure) {
        assertThat(Outage.isBehind(failure)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "08000", "08001", "08003", "08004", "08006", "08P01", "28000", "28P01", "3D000", "25006", "25P03",
                        "25P04",
                "40001", "40P01", "53000", "53100", "53200", "53300", "53400", "55P03", "57014", "57P01", "57P02",
                        "57P03",
                "57P04", "57P05", "58000", "58030"
            })
    void these_states_pass(String state) {
        assertThat(Outage.isBehind(refusal(state))).isTrue();
        assertThat(Outage.isBehind(new PersistenceException(sql(state)))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "21000", "22001", "22003", "22021", "22P02", "23502", "23503", "23505", "23514", "25001", "26000",
                "42501", "42601", "42703", "42804", "42P01", "55000", "57000", "P0001", "XX000", "XX001"
            })
    void these_states_do_not(String state) {
        assertThat(Outage.isBehind(refusal(state))).isFalse();
        assertThat(Outage.isBehind(new PersistenceException(sql(state)))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "23514", "22P02", "25P02", "40P01", "42601", "55P03"})
    void an_answer_to_a_statement_says_for_sure_that_it_was_not_done(String state) {
        assertThat(Outage.isStatements(new CompositeException(INACTIVE, refusal(state))))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"08006", "57014", "57P01", "58030", "XX000", "25P03", "25P04"})
    void what_is_said_of_the_connection_or_the_server_does_not(String state) {
        assertThat(Outage.isStatements(new CompositeException(LOST, refusal(state))))
                .isFalse();
    }

    private static Throwable refusal(String state) {
        return new PgException("refused", "ERROR", state, null);
    }

    private static SQLException sql(String state) {
        return new SQLException("refused", state);
    }

    private static SocketException reset() {
        return new SocketException("Connection reset");
    }

    private static RuntimeException constraint() {
        return new ConstraintViolationException("duplicate", sql("23505"), "sms_transaction_pkey");
    }

    private static Throwable suppressed(Throwable failure, Throwable beside) {
        failure.addSuppressed(beside);
        return failure;
    }

    private static Throwable circle(Throwable within) {
        RuntimeException one = new RuntimeException(within);
        RuntimeException other = new RuntimeException(one);
        one.addSuppressed(other);
        return other;
    }
}
