package io.pims.authentication.database;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.Connection;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.impl.SqlConnectionInternal;
import io.vertx.sqlclient.impl.command.CommandBase;
import io.vertx.sqlclient.impl.command.CommandResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection over which no reply comes though some are due: to a server that is stopped or cut off, whose own
 * time-outs end nothing. All that waits for these replies fails then. The client itself would wait for ever, and its
 * idle time-outs do not know whether anything is due.
 */
public final class ReplyDeadline extends ChannelDuplexHandler {

    /** Vert.x' own, of the options that a connection is opened with. */
    private static final String IDLE = "idle";

    private static final String LAST = "handler";

    /** A process that was stopped itself finds its replies after its timers. */
    private static final Duration GRACE = Duration.ofMillis(200);

    private final long longest;
    private int due;
    private long since;
    private boolean looking;
    private boolean overdue;

    /** @param longest from a statement, or from the reply before, to its reply */
    ReplyDeadline(Duration longest) {
        this.longest = longest.toNanos();
    }

    /** Gives a connection that has just been opened this deadline, in the place of the idle time-out of its opening. */
    public static void guard(SqlConnection connection, Duration longest) {
        Connection socket = ((SqlConnectionInternal) connection).unwrap().unwrap();
        ChannelPipeline pipeline =
                ((SocketConnectionBase) socket).socket().channelHandlerContext().pipeline();
        pipeline.addBefore(LAST, ReplyDeadline.class.getName(), new ReplyDeadline(longest));
        if (pipeline.get(IDLE) != null) {
            pipeline.remove(IDLE);
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (message instanceof CommandBase) {
            if (due++ == 0) {
                since = System.nanoTime();
            }
            if (!looking) {
                lookLater(context, longest);
            }
        }
        super.write(context, message, promise);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (message instanceof CommandResponse) {
            due--;
            since = System.nanoTime();
            overdue = false;
        }
        super.channelRead(context, message);
    }

    private void lookLater(ChannelHandlerContext context, long nanos) {
        looking = true;
        context.executor().schedule(() -> look(context), nanos, TimeUnit.NANOSECONDS);
    }

    private void look(ChannelHandlerContext context) {
        looking = false;
        if (due > 0 && context.channel().isActive()) {
            long left = longest - (System.nanoTime() - since);
            if (left > 0) {
                lookLater(context, left);
            } else if (!overdue) {
                overdue = true;
                lookLater(context, GRACE.toNanos());
            } else {
                context.close();
            }
        }
    }
}
