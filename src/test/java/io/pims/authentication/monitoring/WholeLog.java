package io.pims.authentication.monitoring;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Keeps all that is logged during a test, by whomever, in the place of the handlers that are there. */
public final class WholeLog extends Handler implements BeforeEachCallback, AfterEachCallback {

    private static final Logger ROOT = Logger.getLogger("");

    private final List<Logger> raised;
    private final List<Level> levels;
    private final Handler[] handlers = ROOT.getHandlers();
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    /** @param categories whose levels are raised as far as they go, beside that of the root */
    public WholeLog(String... categories) {
        raised = Stream.concat(Stream.of(ROOT), Arrays.stream(categories).map(Logger::getLogger))
                .toList();
        levels = raised.stream().map(Logger::getLevel).toList();
        setLevel(Level.ALL);
    }

    /** Returns the name of the logger, the message, its parameters and the stack of each record, in their order. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        Arrays.stream(handlers).forEach(ROOT::removeHandler);
        ROOT.addHandler(this);
        raised.forEach(logger -> logger.setLevel(Level.ALL));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        ROOT.removeHandler(this);
        Arrays.stream(handlers).forEach(ROOT::addHandler);
        for (int each = 0; each < raised.size(); each++) {
            raised.get(each).setLevel(levels.get(each));
        }
    }

    @Override
    public void publish(LogRecord record) {
        StringWriter text = new StringWriter();
        text.append(record.getLoggerName()).append(' ').append(record.getMessage());
        text.append(' ').append(Arrays.toString(record.getParameters()));
        if (record.getThrown() != null) {
            record.getThrown().printStackTrace(new PrintWriter(text, true));
        }
        lines.add(text.toString());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
