package io.pims.authentication.notice;

import java.util.Optional;

/**
 * The turn of one user's events, which this replica holds until its lease ends.
 *
 * @param lease its number, by which writes are guarded
 * @param newest the id of the user's newest event
 * @param attempts at the oldest event, this one included
 * @param oldest empty if nothing waits any more
 */
record ClaimedTurn(String user, long lease, long newest, int attempts, Optional<WaitingNotice> oldest) {}
