/**
 * Resets, updates and verifies the PIN, and blocks an account after too many wrong ones. Never stores or logs a PIN, and
 * never compares one before the attempt is counted and committed. Start at {@link PinCodeResource}.
 */
package io.pims.authentication.pincode;
