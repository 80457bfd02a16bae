package io.pims.authentication.http.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http2.DefaultHttp2Connection;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import io.netty.handler.codec.http2.Http2Headers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AnswerDeadlineTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final EmbeddedChannel connection = new EmbeddedChannel(new AnswerDeadline(TIMEOUT));
    private final Http2ConnectionHandler server = new Http2ConnectionHandlerBuilder()
            .connection(new DefaultHttp2Connection(true))
            .frameListener(new Http2FrameAdapter())
            .build();

    /** Whose frames are what the connection gets. */
    private final Http2ConnectionHandler client = new Http2ConnectionHandlerBuilder()
            .connection(new DefaultHttp2Connection(false))
            .frameListener(new Http2FrameAdapter())
            .build();

    private final EmbeddedChannel far = new EmbeddedChannel(client);

    @BeforeEach
    void time_stands_still() {
        connection.freezeTime();
        // Armed before time stood still.
        connection.pipeline().fireChannelActive();
    }

    private void pass(Duration time) {
        connection.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
        connection.runScheduledPendingTasks();
    }

    private void http2() {
        connection.pipeline().addLast(server);
        send();
    }

    /** Carries the bytes of the client to the server, and the other way round. */
    private void send() {
        far.flush();
        for (ByteBuf bytes = far.readOutbound(); bytes != null; bytes = far.readOutbound()) {
            connection.writeInbound(bytes);
        }
        connection.flush();
        for (ByteBuf bytes = connection.readOutbound(); bytes != null; bytes = connection.readOutbound()) {
            far.writeInbound(bytes);
        }
    }

    private void ask(int stream) {
        Http2Headers headers = new DefaultHttp2Headers().method("GET").path("/").scheme("http");
        client.encoder().writeHeaders(at(), stream, headers, 0, true, at().newPromise());
        send();
    }

    private void ping() {
        client.encoder().writePing(at(), false, 1, at().newPromise());
        send();
    }

    private void answer(int stream) {
        ChannelHandlerContext here = connection.pipeline().context(server);
        server.encoder()
                .writeHeaders(here, stream, new DefaultHttp2Headers().status("200"), 0, true, here.newPromise());
        send();
    }

    private ChannelHandlerContext at() {
        return far.pipeline().context(client);
    }

    private boolean isOpen(int stream) {
        return client.connection().stream(stream) != null;
    }

    @Test
    void a_connection_that_is_pinged_and_asked_nothing_ends_in_time() {
        http2();
        for (int second = 0; second < TIMEOUT.toSeconds(); second++) {
            assertThat(connection.isOpen()).isTrue();
            ping();
            pass(Duration.ofSeconds(1));
        }

        assertThat(connection.isOpen()).isFalse();
        send();
        assertThat(client.connection().goAwayReceived()).as("told").isTrue();
    }

    @Test
    void half_a_frame_byte_by_byte_ends_in_time() {
        http2();
        connection.writeInbound(Unpooled.wrappedBuffer(new byte[] {0, 4, 0, 1, 5, 0, 0, 0, 1}));
        for (int second = 0; second < TIMEOUT.toSeconds(); second++) {
            assertThat(connection.isOpen()).isTrue();
            connection.writeInbound(Unpooled.wrappedBuffer(new byte[1]));
            pass(Duration.ofSeconds(1));
        }

        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void bytes_of_which_nobody_knows_what_they_are_end_in_time() {
        ByteBuf preface = Http2CodecUtil.connectionPrefaceBuf();
        for (int half = 0; half < TIMEOUT.toSeconds() / 30; half++) {
            connection.writeInbound(preface.readBytes(1));
            pass(Duration.ofSeconds(30));
        }

        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void a_stream_has_the_whole_time_whatever_came_before_it() {
        http2();
        pass(TIMEOUT.minusSeconds(1));

        ask(3);
        pass(TIMEOUT.minusSeconds(1));
        assertThat(isOpen(3)).isTrue();
        answer(3);
        pass(TIMEOUT.minusSeconds(1));
        ask(5);
        pass(TIMEOUT.minusSeconds(1));

        assertThat(isOpen(5)).isTrue();
        assertThat(connection.isOpen()).isTrue();
    }

    @Test
    void a_stream_that_is_not_answered_is_reset_and_the_others_go_on() {
        http2();
        ask(3);
        pass(TIMEOUT.minusSeconds(1));
        ask(5);
        ping();

        pass(Duration.ofSeconds(1));
        send();

        assertThat(isOpen(3)).isFalse();
        assertThat(isOpen(5)).isTrue();
        answer(5);
        assertThat(connection.isOpen()).isTrue();
    }

    @Test
    void a_stream_that_came_with_the_preface_is_watched_as_well() {
        Http2Headers headers = new DefaultHttp2Headers().method("GET").path("/").scheme("http");
        client.encoder().writeHeaders(at(), 3, headers, 0, true, at().newPromise());
        http2();

        pass(TIMEOUT.minusSeconds(1));
        ping();
        assertThat(isOpen(3)).isTrue();
        pass(Duration.ofSeconds(1));
        send();

        assertThat(isOpen(3)).isFalse();
        assertThat(connection.isOpen()).isTrue();
    }

    @Test
    void what_is_over_HTTP_1_1_is_left_to_the_idle_time_out() {
        connection.pipeline().addLast(new HttpRequestDecoder());
        for (int second = 0; second < TIMEOUT.toSeconds() * 3; second++) {
            connection.writeInbound(Unpooled.wrappedBuffer(new byte[] {'\r', '\n'}));
            pass(Duration.ofSeconds(1));
        }

        assertThat(connection.isOpen()).isTrue();
    }

    @Test
    void nothing_is_left_to_do_for_a_connection_that_is_gone() {
        http2();
        ask(3);
        connection.close();
        connection.runPendingTasks();
        pass(TIMEOUT.multipliedBy(2));

        assertThat(connection.runScheduledPendingTasks()).isEqualTo(-1);
    }
}
