/**
 * Reads, seals and keeps the one phone number of a driver that may receive codes. Never stores or logs a number in clear.
 * Start at {@link TrustedPhoneNumbers}, and at {@link PhoneNumbers} for the numbers that are accepted.
 */
package io.pims.authentication.trustedphonenumber;
