package io.pims.authentication.attack;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;

/** What the service logs while it is open, each message as it would be written; our own packages tell all they can. */
final class LogCapture extends Handler implements AutoCloseable {

    private static final Logger ROOT = Logger.getLogger("");
    private static final Logger OURS = Logger.getLogger("io.pims");

    private final Queue<String> messages = new ConcurrentLinkedQueue<>();
    private final Level before = OURS.getLevel();

    LogCapture() {
        OURS.setLevel(Level.ALL);
        setLevel(Level.ALL);
        ROOT.addHandler(this);
    }

    List<String> messages() {
        return List.copyOf(messages);
    }

    @Override
    public void publish(LogRecord record) {
        String message = record instanceof ExtLogRecord extended
                ? extended.getFormattedMessage() + " " + extended.getMdcCopy()
                : record.getMessage();
        messages.add(record.getLevel() + " " + record.getLoggerName() + " " + message
                + (record.getThrown() == null ? "" : " " + record.getThrown()));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        ROOT.removeHandler(this);
        OURS.setLevel(before);
    }
}
