/**
 * Turns a code that came to a number into the trusted phone number of a driver. Never changes a number without its code,
 * nor without the PIN where one is set. Start at {@link NumberCertification}.
 */
package io.pims.authentication.certification;
