/**
 * Makes transactions final and wakes the requests that wait for that, in this replica and in the others. A waiting request
 * must never hold a database connection, and never wait for longer than it asked to. Start with
 * {@link io.pims.authentication.outcome.OutcomeWaiters}.
 */
package io.pims.authentication.outcome;
