/**
 * Guards at the HTTP server, before a resource is asked: bounds in time and size, and what a proxy could read
 * differently. They must never look at what an operation means, nor read a whole body that is over its bound. Start
 * reading at {@link io.pims.authentication.http.guard.OuterEnvelope}.
 */
package io.pims.authentication.http.guard;
