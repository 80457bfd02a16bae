/**
 * What the service survives: the packaged service, PostgreSQL and the fake provider as processes that are killed, cut
 * off, slowed down and starved under load, and a checker that holds what each of them wrote down against the others.
 */
package io.pims.authentication.survival;
