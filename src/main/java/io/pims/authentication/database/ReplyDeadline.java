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
 * Closes a connection over which a reply is due and none comes, as from a server that is stopped or cut off. All
 * statements that wait for these replies fail then. The client itself would wait for ever, and its idle time-outs do
 * not know if a reply is due.
 */
public final class ReplyDeadline extends ChannelDuplexHandler {

    /** Vert.x' handler of the idle time-out that a connection is opened with. */
    private static final String IDLE_HANDLER = "idle";

    private static final String LAST_HANDLER = "handler";

    /** A process that was stopped itself runs its timers before it reads its replies. */
    private static final Duration GRACE = Duration.ofMillis(200);

    private final long longestNanos;
    private int due;
    private long sinceNanos;
    private boolean scheduled;
    private boolean overdue;

    /** @param longest from a statement, or from the previous reply, to its reply */
    ReplyDeadline(Duration longest) {
        this.longestNanos = longest.toNanos();
    }

    /** Gives a new connection this deadline, in the place of the idle time-out of its opening. */
    public static void guard(SqlConnection connection, Duration longest) {
        Connection socket = ((SqlConnectionInternal) connection).unwrap().unwrap();
        ChannelPipeline pipeline =
                ((SocketConnectionBase) socket).socket().channelHandlerContext().pipeline();
        pipeline.addBefore(LAST_HANDLER, ReplyDeadline.class.getName(), new ReplyDeadline(longest));
        if (pipeline.get(IDLE_HANDLER) != null) {
            pipeline.remove(IDLE_HANDLER);
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (message instanceof CommandBase) {
            if (due++ == 0) {
                sinceNanos = System.nanoTime();
            }
            if (!scheduled) {
                checkLater(context, longestNanos);
            }
        }
        super.write(context, message, promise);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (message instanceof CommandResponse) {
            due--;
            sinceNanos = System.nanoTime();
            overdue = false;
        }
        super.channelRead(context, message);
    }

    private void checkLater(ChannelHandlerContext context, long nanos) {
        scheduled = true;
        context.executor().schedule(() -> check(context), nanos, TimeUnit.NANOSECONDS);
    }

    private void check(ChannelHandlerContext context) {
        scheduled = false;
        if (due > 0 && context.channel().isActive()) {
            long left = longestNanos - (System.nanoTime() - sinceNanos);
            if (left > 0) {
                checkLater(context, left);
            } else if (!overdue) {
                overdue = true;
                checkLater(context, GRACE.toNanos());
            } else {
                context.close();
            }
        }
    }
}
