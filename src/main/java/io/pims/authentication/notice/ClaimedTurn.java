package io.pims.authentication.notice;

import java.util.Optional;

/**
 * The turn of one user's events, which this replica holds until its lease ends.
 *
 * @param lease its number, by which writes are guarded
 * @param recorded how many events of the user were recorded by then
 * @param attempts at the oldest event, this one included
 * @param oldest empty if nothing waits any more
 */
record ClaimedTurn(String user, long lease, long recorded, int attempts, Optional<WaitingNotice> oldest) {}
