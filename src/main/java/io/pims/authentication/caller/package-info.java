/**
 * Reads from a request who sent it, in which language, and from where. It must never decide what a caller may do, nor keep
 * anything between two requests. Start with {@link io.pims.authentication.caller.Callers}.
 */
package io.pims.authentication.caller;
