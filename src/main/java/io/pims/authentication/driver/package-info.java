/**
 * The driver who asks, read from a checked bearer token, and the refusal of all other tokens. It must never tell why a
 * token is refused but in the log, nor tell anything out of a token there. Start reading at
 * {@link io.pims.authentication.driver.Drivers}.
 */
package io.pims.authentication.driver;
