package io.pims.authentication.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.http.ErrorMappers;
import io.pims.authentication.http.RehearsalToken;
import io.pims.authentication.http.RequestIds;
import io.smallrye.mutiny.CompositeException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.ext.web.RoutingContext;
import jakarta.persistence.PersistenceException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import org.hibernate.exception.ConstraintViolationException;
import org.junit.jupiter.api.Test;

class UnforeseenFailuresTest {

    private final UnforeseenFailures failures =
            new UnforeseenFailures(new ErrorMappers(new RequestIds(), new RehearsalToken()));

    /** Remembers nothing. */
    private final RoutingContext context = (RoutingContext) Proxy.newProxyInstance(
            RoutingContext.class.getClassLoader(),
            new Class<?>[] {RoutingContext.class},
            (self, method, values) -> null);

    @Test
    void statements_that_fail_together_on_a_broken_connection_mean_that_the_database_is_away() {
        Response answer = failures.failed(
                new CompositeException(new IllegalStateException("not active"), new IOException("Broken pipe")),
                context);

        assertThat(answer.getStatus()).isEqualTo(503);
        assertThat(answer.getHeaderString("Retry-After")).isEqualTo("2");
    }

    @Test
    void so_do_those_whose_failures_are_nested() {
        Response answer = failures.failed(
                new PersistenceException(new CompositeException(
                        new IllegalStateException("Session is closed"),
                        new RuntimeException(new NoStackTraceThrowable(
                                "Pending requests failed to be sent due to connection has been closed.")))),
                context);

        assertThat(answer.getStatus()).isEqualTo(503);
        assertThat(answer.getHeaderString("Retry-After")).isEqualTo("2");
    }

    @Test
    void several_failures_that_nobody_foresaw_are_500() {
        Response answer = failures.failed(
                new CompositeException(new IllegalStateException("one"), new IllegalStateException("other")), context);

        assertThat(answer.getStatus()).isEqualTo(500);
        assertThat(answer.getHeaderString("Retry-After")).isNull();
    }

    @Test
    void a_constraint_that_is_violated_is_500() {
        Response answer = failures.failed(
                new PersistenceException(
                        new ConstraintViolationException("duplicate", new SQLException("duplicate", "23505"), "key")),
                context);

        assertThat(answer.getStatus()).isEqualTo(500);
    }
}
