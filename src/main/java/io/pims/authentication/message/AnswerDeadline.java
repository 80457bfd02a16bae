package io.pims.authentication.message;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection on which something was sent that is not answered in time. It sees bytes, encrypted or not, so it
 * needs to know nothing of requests: whatever is a request is answered.
 */
final class AnswerDeadline extends ChannelDuplexHandler {

    private final Duration timeout;
    private Future<?> deadline;

    AnswerDeadline(Duration timeout) {
        this.timeout = timeout;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
        if (deadline == null) {
            deadline = context.executor().schedule(() -> context.close(), timeout.toMillis(), TimeUnit.MILLISECONDS);
        }
        context.fireChannelRead(bytes);
    }

    @Override
    public void write(ChannelHandlerContext context, Object bytes, ChannelPromise promise) {
        over();
        context.write(bytes, promise);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        over();
        context.fireChannelInactive();
    }

    private void over() {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }
}
