/**
 * Sends the SMS of recorded transactions, and takes over those of a replica that died. It must never call the provider
 * inside a SQL transaction or without a lease, and never retry outside its one policy. Start with
 * {@link io.pims.authentication.dispatch.Dispatcher}; {@link io.pims.authentication.dispatch.Rescuer} finds the work
 * that others left.
 */
package io.pims.authentication.dispatch;
