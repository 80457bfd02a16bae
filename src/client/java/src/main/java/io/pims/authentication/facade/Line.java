package io.pims.authentication.facade;

/** The request that one call has under way, so that another thread can cut it. Java's interruption cuts no socket. */
final class Line {

    private okhttp3.Call current;
    private boolean cut;

    synchronized void carry(okhttp3.Call next) {
        current = next;
        if (cut) {
            next.cancel();
        }
    }

    /** For good. Closes a socket without talking on it, so that Android's main thread may do it. */
    synchronized void cut() {
        cut = true;
        if (current != null) {
            current.cancel();
        }
    }
}
