package io.pims.authentication.http.guard;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpObjectDecoder;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Stream;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Bounds a connection over HTTP/2. There any byte of any frame is traffic to the idle time-out, so that half a frame, a
 * ping now and then, or a window that is never opened would keep a connection for ever. Here streams count, each of
 * which is a request: a stream that is open for too long is reset, and a connection without one for as long is closed.
 *
 * <p>Over HTTP/1.1 only a whole head of a request, or a piece of its body, is traffic: the idle time-out does the same.
 */
final class AnswerDeadline extends ChannelInboundHandlerAdapter {

    private final Duration timeout;
    private ChannelHandlerContext context;
    private Http2ConnectionHandler http2;
    private Http2Connection.PropertyKey deadline;
    private Future<?> unused;

    AnswerDeadline(Duration timeout) {
        this.timeout = timeout;
    }

    @Override
    public void channelActive(ChannelHandlerContext active) {
        context = active;
        startUnusedTimer();
        active.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext reading, Object bytes) {
        reading.fireChannelRead(bytes);
        if (http2 == null) {
            // Added by these bytes, where they say which protocol it is.
            http2 = reading.pipeline().get(Http2ConnectionHandler.class);
            if (http2 != null) {
                watch(http2.connection());
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext inactive) {
        stop(unused);
        inactive.fireChannelInactive();
    }

    private void watch(Http2Connection connection) {
        deadline = connection.newKey();
        connection.addListener(new Http2ConnectionAdapter() {
            @Override
            public void onStreamActive(Http2Stream stream) {
                startAnswerTimer(stream);
            }

            @Override
            public void onStreamClosed(Http2Stream stream) {
                stop(stream.<Future<?>>removeProperty(deadline));
                if (connection.numActiveStreams() == 0) {
                    startUnusedTimer();
                }
            }
        });
        try {
            connection.forEachActiveStream(stream -> {
                startAnswerTimer(stream);
                return true;
            });
        } catch (Http2Exception never) {
            throw new IllegalStateException(never);
        }
    }

    private void startUnusedTimer() {
        stop(unused);
        unused = later(() -> {
            boolean isIdleTimeoutsBusiness = http2 == null && context.pipeline().get(HttpObjectDecoder.class) != null;
            if (!isIdleTimeoutsBusiness) {
                // From the end of the pipeline, so that an HTTP/2 client is told which requests it may repeat.
                context.channel().close();
            }
        });
    }

    private void startAnswerTimer(Http2Stream stream) {
        stop(unused);
        stream.setProperty(deadline, later(() -> {
            // The connection may be a proxy's, with other clients' requests in it.
            ChannelHandlerContext at = context.pipeline().context(http2);
            http2.resetStream(at, stream.id(), Http2Error.CANCEL.code(), at.newPromise());
            at.flush();
        }));
    }

    private Future<?> later(Runnable task) {
        return context.executor().schedule(task, timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void stop(Future<?> task) {
        if (task != null) {
            task.cancel(false);
        }
    }
}
