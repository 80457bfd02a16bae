/**
 * Lets the help desk see how things stand for a driver, and take a lost phone off file. It must never tell a number, a code
 * or a PIN, nor do anything that is not recorded with who did it and why. Start at {@link SupportResource}, and at
 * {@link DriverRecovery} for the lost phone.
 */
package io.pims.authentication.support;
