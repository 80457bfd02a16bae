package io.pims.authentication.facade;

/** A call under way. */
public interface Call {

    /**
     * Gives the call up: the connection is closed, and the callback is not called. What the service has accepted
     * already it does nevertheless. May be called on any thread, also in a callback, and again.
     *
     * @return false if it was too late: the callback has been or will be called, or the call was cancelled before
     */
    boolean cancel();
}
