package io.pims.authentication.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.CompositeException;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

class ErrorMappersTest {

    private final ErrorMappers mappers = new ErrorMappers(new RequestIds());

    /** Remembers nothing. */
    private final RoutingContext context = (RoutingContext) Proxy.newProxyInstance(
            RoutingContext.class.getClassLoader(),
            new Class<?>[] {RoutingContext.class},
            (self, method, values) -> null);

    @Test
    void statements_that_fail_together_on_a_broken_connection_mean_that_the_database_is_away() {
        Response answer = mappers.several(
                new CompositeException(new IllegalStateException("not active"), new IOException("Broken pipe")),
                context);

        assertThat(answer.getStatus()).isEqualTo(503);
        assertThat(answer.getHeaderString("Retry-After")).isNotNull();
    }

    @Test
    void several_failures_that_nobody_foresaw_are_500() {
        Response answer = mappers.several(
                new CompositeException(new IllegalStateException("one"), new IllegalStateException("other")), context);

        assertThat(answer.getStatus()).isEqualTo(500);
    }
}
