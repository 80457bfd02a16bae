/**
 * An SMS: its text in the driver's language, its brand and sender, and the interface of the provider. It must never
 * know which provider that is, nor let a number or a text into a log. Start reading at
 * {@link io.pims.authentication.sms.SmsSender} and {@link io.pims.authentication.sms.SmsText}.
 */
package io.pims.authentication.sms;
