/**
 * The code in an SMS: issued, derived, guessed at and spent. It must never store or log a code, compare a guess that is not
 * counted, or compare in more than constant time. Start with {@link io.pims.authentication.code.SmsCodes}; the rules are
 * in {@code SmsCode}.
 */
package io.pims.authentication.code;
