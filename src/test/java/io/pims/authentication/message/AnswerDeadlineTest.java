package io.pims.authentication.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AnswerDeadlineTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final EmbeddedChannel connection = new EmbeddedChannel(new AnswerDeadline(TIMEOUT));

    @BeforeEach
    void time_stands_still() {
        connection.freezeTime();
    }

    private void pass(Duration time) {
        connection.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
        connection.runScheduledPendingTasks();
    }

    @Test
    void what_is_sent_byte_by_byte_and_never_becomes_a_request_ends_in_time() {
        for (int second = 0; second < TIMEOUT.toSeconds(); second++) {
            assertThat(connection.isOpen()).isTrue();
            connection.writeInbound("x");
            pass(Duration.ofSeconds(1));
        }

        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void each_answer_ends_the_wait_for_it_and_the_next_request_has_the_whole_time_again() {
        for (int request = 0; request < 5; request++) {
            connection.writeInbound("request");
            pass(TIMEOUT.minusSeconds(1));
            connection.writeOutbound("answer");
        }

        pass(TIMEOUT.multipliedBy(2));
        assertThat(connection.isOpen()).isTrue();
    }

    @Test
    void who_sends_nothing_is_left_to_the_idle_time_out() {
        pass(TIMEOUT.multipliedBy(2));

        assertThat(connection.isOpen()).isTrue();
    }

    @Test
    void all_that_is_sent_and_answered_gets_through() {
        connection.writeInbound("request");
        connection.writeOutbound("answer");

        assertThat(connection.<String>readInbound()).isEqualTo("request");
        assertThat(connection.<String>readOutbound()).isEqualTo("answer");
    }

    @Test
    void nothing_is_left_to_do_for_a_connection_that_is_gone() {
        connection.writeInbound("request");
        connection.close();

        assertThat(connection.runScheduledPendingTasks()).isEqualTo(-1);
    }
}
