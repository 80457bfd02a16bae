/**
 * An SMS: its text in the driver's language, its brand and sender, and the roads to the phone. It must never
 * know how a provider is spoken to, nor let a number or a text into a log. Start reading at
 * {@link io.pims.authentication.sms.Roads} and {@link io.pims.authentication.sms.SmsText}.
 */
package io.pims.authentication.sms;
