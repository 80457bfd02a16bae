package io.pims.authentication.sandbox;

import java.nio.file.Path;

/** The parts of the sandbox; each starts when it is first asked for, for the tests of a class need none. */
final class Sandbox {

    /** The configuration asks before there are beans, and both must get the same. */
    private static Sandbox current;

    private final Path folder;
    private final SandboxDatabase database;
    private FakeVonage vonage;
    private ThrowawayIssuer issuer;
    private FakeOperator operator;

    private Sandbox(Path folder) {
        this.folder = folder;
        this.database = new SandboxDatabase(folder);
    }

    static synchronized Sandbox in(Path folder) {
        if (current == null || !current.folder.equals(folder)) {
            current = new Sandbox(folder);
        }
        return current;
    }

    SandboxDatabase database() {
        return database;
    }

    synchronized FakeVonage vonage() {
        if (vonage == null) {
            vonage = FakeVonage.start(FreePort.find());
        }
        return vonage;
    }

    synchronized FakeOperator operator() {
        if (operator == null) {
            operator = FakeOperator.start();
        }
        return operator;
    }

    synchronized ThrowawayIssuer issuer() {
        if (issuer == null) {
            issuer = ThrowawayIssuer.withKeyIn(folder);
        }
        return issuer;
    }

    /** The database stays: it outlives live reloads, and the end of the JVM stops it. */
    synchronized void close() {
        if (vonage != null) {
            vonage.close();
            vonage = null;
        }
        if (operator != null) {
            operator.close();
            operator = null;
        }
    }
}
