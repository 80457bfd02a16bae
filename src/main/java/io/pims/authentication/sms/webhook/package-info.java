/**
 * Hands SMS to a gateway of the operator's own, by a signed HTTP request. It must never send an SMS twice by itself,
 * outlast its time-outs, or let a secret, a number or a text into a log. Start reading at
 * {@link io.pims.authentication.sms.webhook.WebhookSmsSender}.
 */
package io.pims.authentication.sms.webhook;
