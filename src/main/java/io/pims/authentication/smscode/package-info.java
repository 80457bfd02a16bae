/**
 * The endpoint that asks for a code and tells the outcome. It must never decide who gets a code, nor call the provider:
 * it reads the request, hands it to the admission, and writes the answer. Start with
 * {@link io.pims.authentication.smscode.SmsCodeResource}.
 */
package io.pims.authentication.smscode;
