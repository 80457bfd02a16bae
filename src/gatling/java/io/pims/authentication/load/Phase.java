package io.pims.authentication.load;

import io.gatling.javaapi.core.Session;

/** A part of a run, common to all virtual users, by which requests are named and so told apart in the report. */
final class Phase {

    private volatile String now;

    Phase(String first) {
        this.now = first;
    }

    String now() {
        return now;
    }

    /** As a step of a scenario: it leaves the session as it is. */
    Session begin(String next, Session session) {
        now = next;
        return session;
    }
}
