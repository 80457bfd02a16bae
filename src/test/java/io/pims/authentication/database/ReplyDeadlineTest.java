package io.pims.authentication.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.embedded.EmbeddedChannel;
import io.vertx.sqlclient.impl.command.CloseConnectionCommand;
import io.vertx.sqlclient.impl.command.CommandResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReplyDeadlineTest {

    private static final Duration LONGEST = Duration.ofMillis(300);

    private final EmbeddedChannel connection = new EmbeddedChannel(new ReplyDeadline(LONGEST));

    @Test
    void a_connection_over_which_no_reply_comes_is_closed() {
        long begun = System.nanoTime();
        asks();

        await().until(() -> !isOpen());

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(LONGEST);
    }

    @Test
    void so_is_one_over_which_the_last_of_several_replies_does_not_come() {
        asks();
        asks();
        replies();

        await().until(() -> !isOpen());
    }

    @Test
    void one_that_has_all_its_replies_stays_however_long_nothing_is_asked() {
        asks();
        asks();
        replies();
        replies();

        await().pollDelay(LONGEST.multipliedBy(3)).until(this::isOpen);
    }

    @Test
    void one_that_has_been_silent_for_long_has_the_whole_time_for_what_is_asked_then() {
        asks();
        replies();
        await().pollDelay(LONGEST.multipliedBy(2)).until(this::isOpen);
        long begun = System.nanoTime();
        asks();

        await().until(() -> !isOpen());

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(LONGEST);
    }

    /** The process was stopped, and finds a reply that came meanwhile after its timers. */
    @Test
    void a_reply_that_is_there_is_read_before_the_connection_is_given_up() {
        asks();
        await().pollDelay(LONGEST).until(() -> true);
        connection.runScheduledPendingTasks();

        replies();

        await().pollDelay(LONGEST.multipliedBy(2)).until(this::isOpen);
    }

    private void asks() {
        connection.writeOneOutbound(CloseConnectionCommand.INSTANCE);
    }

    private void replies() {
        connection.writeOneInbound(CommandResponse.success(null));
    }

    private boolean isOpen() {
        connection.runScheduledPendingTasks();
        return connection.isActive();
    }
}
