/**
 * Posts JSON that is signed by Standard Webhooks, over bounded connections and within bounded times. It must never post
 * twice by itself, follow a redirect, or let a secret, an address or a body into a log. Start at
 * {@link io.pims.authentication.webhook.WebhookClient}.
 */
package io.pims.authentication.webhook;
