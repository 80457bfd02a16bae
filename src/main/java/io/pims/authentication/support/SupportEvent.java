package io.pims.authentication.support;

/** What the help desk does, as events and metrics name it. */
enum SupportEvent {

    /** Somebody looked. */
    READ("support.read"),

    /** A recovery was asked for, and changed nothing: it takes another person, or was done before. */
    RECOVERY_REQUEST("support.recoveryRequest"),

    /** Number and PIN went off file. */
    RECOVERY("support.recovery"),

    /** They came back, or a request was withdrawn. */
    UNDO("support.undo"),

    /** Asked for again, and changed nothing. */
    UNDO_REQUEST("support.undoRequest"),

    /** The driver's counts were freed. */
    UNBLOCK("support.unblock");

    private final String text;

    SupportEvent(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
