package io.pims.authentication.monitoring;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Keeps what a logger is told during a test. */
public final class RecordedLog extends Handler implements BeforeEachCallback, AfterEachCallback {

    private final Logger logger;
    private final Queue<LogRecord> records = new ConcurrentLinkedQueue<>();

    /** @param category the logger and those below it; empty for all */
    public RecordedLog(String category) {
        this.logger = Logger.getLogger(category);
        setLevel(Level.ALL);
    }

    public RecordedLog(Class<?> logging) {
        this(logging.getName());
    }

    /** The records in the order in which they came. */
    public List<LogRecord> records() {
        return List.copyOf(records);
    }

    /** The same as texts, with the parameters in their places. */
    public List<String> messages() {
        return records.stream()
                .map(record ->
                        record instanceof ExtLogRecord extended ? extended.getFormattedMessage() : record.getMessage())
                .toList();
    }

    /** For tests of Quarkus, which has the extensions of another instance called. */
    public void begin() {
        logger.addHandler(this);
    }

    public void end() {
        logger.removeHandler(this);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        begin();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        end();
    }

    @Override
    public void publish(LogRecord record) {
        if (record instanceof ExtLogRecord extended) {
            // The thread's context is read when it is asked for, and that may be another thread.
            extended.copyAll();
        }
        records.add(record);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
