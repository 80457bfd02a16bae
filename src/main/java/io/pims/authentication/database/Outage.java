package io.pims.authentication.database;

import com.fasterxml.jackson.core.JacksonException;
import io.smallrye.mutiny.CompositeException;
import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.sqlclient.DatabaseException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/**
 * Tells failures of the network to the database, or of a server that can't answer at the moment, from faults of the
 * service: the first are worth another try, the second somebody's attention. States are PostgreSQL's (SQLSTATE,
 * "PostgreSQL Error Codes" in its manual).
 */
public final class Outage {

    /**
     * No connection (08, 28, 3D); a server that ends or refuses connections (57P), is no primary (25006), or lacks room
     * (53) or a disk (58); our own time-outs (25P03, 25P04, 55P03, 57014); and conflicts of two SQL transactions (40).
     */
    private static final Pattern STATES = Pattern.compile("(08|28|3D|40|53|58).*|57P0.|25006|25P03|25P04|55P03|57014");

    /** Follows the failure of another statement, which is the one that counts. */
    private static final String FAILED_BEFORE = "25P02";

    /** Failures of the connection or the server: nobody knows if the statement was executed. */
    private static final Pattern UNSURE = Pattern.compile("(08|57|58|XX).*|25P03|25P04");

    /** Messages of the pool and the client, which have no exception of their own for these. */
    private static final Set<String> LOST = Set.of(
            "Timeout",
            "Connection is not active now",
            "Pending requests failed to be sent",
            "Connection was closed",
            "Connection closed");

    private static final List<Class<? extends Throwable>> BROKEN = List.of(
            SocketException.class,
            UnknownHostException.class,
            ClosedChannelException.class,
            InterruptedIOException.class,
            EOFException.class,
            SSLException.class,
            TimeoutException.class,
            io.smallrye.mutiny.TimeoutException.class);

    private enum Verdict {
        AWAY,
        /** The statement itself is at fault. */
        STATEMENT,
        NONE
    }

    private Outage() {}

    /** Returns true if the database could not be reached, or did not answer in time, and no statement was at fault. */
    public static boolean isBehind(Throwable failure) {
        List<Verdict> verdicts = causes(failure).map(Outage::verdict).toList();
        return verdicts.contains(Verdict.AWAY) && !verdicts.contains(Verdict.STATEMENT);
    }

    /** Returns true if a statement was answered with an error, so that its SQL transaction is surely rolled back. */
    public static boolean isStatements(Throwable failure) {
        return causes(failure)
                .flatMap(cause -> state(cause).stream())
                .anyMatch(state -> !UNSURE.matcher(state).matches());
    }

    /** Returns the failure, its causes, and those that were suppressed. */
    public static Stream<Throwable> causes(Throwable failure) {
        Set<Throwable> known = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Throwable> next = new ArrayDeque<>(List.of(failure));
        Stream.Builder<Throwable> found = Stream.builder();
        while (!next.isEmpty()) {
            Throwable cause = next.poll();
            if (known.add(cause)) {
                found.add(cause);
                Optional.ofNullable(cause.getCause()).ifPresent(next::add);
                next.addAll(List.of(cause.getSuppressed()));
                if (cause instanceof CompositeException several) {
                    next.addAll(several.getCauses());
                }
            }
        }
        return found.build();
    }

    private static Verdict verdict(Throwable cause) {
        return state(cause).map(Outage::verdict).orElseGet(() -> isLost(cause) ? Verdict.AWAY : Verdict.NONE);
    }

    private static Verdict verdict(String state) {
        if (STATES.matcher(state).matches()) {
            return Verdict.AWAY;
        }
        return state.equals(FAILED_BEFORE) ? Verdict.NONE : Verdict.STATEMENT;
    }

    private static Optional<String> state(Throwable cause) {
        if (cause instanceof DatabaseException refusal) {
            return Optional.ofNullable(refusal.getSqlState());
        }
        return cause instanceof SQLException refusal ? Optional.ofNullable(refusal.getSQLState()) : Optional.empty();
    }

    private static boolean isLost(Throwable cause) {
        if (cause instanceof VertxException && !(cause instanceof DatabaseException)) {
            return true;
        }
        if (cause instanceof NoStackTraceThrowable) {
            String message = String.valueOf(cause.getMessage());
            return LOST.stream().anyMatch(message::startsWith);
        }
        return BROKEN.stream().anyMatch(broken -> broken.isInstance(cause)) || isPlain(cause);
    }

    /** True for failures of sockets, the JDK's and Netty's; other exceptions are about files, characters and JSON. */
    private static boolean isPlain(Throwable cause) {
        return cause instanceof IOException
                && !(cause instanceof JacksonException)
                && (cause.getClass() == IOException.class
                        || cause.getClass().getName().startsWith("io.netty."));
    }
}
