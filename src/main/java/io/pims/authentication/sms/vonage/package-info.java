/**
 * Sends SMS by Vonage's SMS API or its Messages API. It alone knows the SDK; it must never send an SMS twice by itself,
 * nor outlast its time-outs. Start reading at {@link io.pims.authentication.sms.vonage.VonageSmsSender}.
 */
package io.pims.authentication.sms.vonage;
