package io.pims.authentication.sms.vonage;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** The account at Vonage, and the time-outs of its API. */
@ConfigMapping(prefix = "pims.sms.vonage")
public interface VonageConfig {

    /**
     * Which of Vonage's APIs sends: {@code sms}, or {@code messages}, the one that new accounts are set to. The default
     * is the older one, so that nothing changes for who upgrades. The account's setting at Vonage must be the same one:
     * {@code providers.md}.
     */
    @WithDefault("sms")
    VonageApi api();

    /**
     * Key of the account. Without it, or without the secret, requests for codes are refused with 2006:
     * {@code providers.md}; and with {@code pims.sms.routes} the service does not start. With {@code messages} an
     * application may take the place of both.
     */
    Optional<String> apiKey();

    /** Secret of the account. It goes over the wire in the {@code Authorization} header. */
    Optional<String> apiSecret();

    /**
     * Id of the application at Vonage that sends, a UUID; only with {@code messages}. With it and the private key each
     * request has a token of its own that is signed here, and no secret goes over the wire.
     */
    Optional<String> applicationId();

    /**
     * Private key of that application: its PEM text ({@code -----BEGIN PRIVATE KEY-----}), or the path of a file that
     * holds it, such as one of a mounted Kubernetes Secret. In the text a line break may be written as {@code \n}. Read
     * once, at the start. A key that can't be read, or an application without one, stops the start.
     */
    Optional<String> privateKey();

    /**
     * Where {@code /sms/json} or {@code /v1/messages} is; another host for tests, or a regional one. Unless it is set,
     * {@code https://rest.nexmo.com} for {@code sms} and {@code https://api.nexmo.com} for {@code messages}. It must be
     * https, or http to the host itself ({@code localhost}, {@code 127.0.0.1}, {@code [::1]}), and not that of the
     * other API, or the service does not start: the secret goes there. Redirects are not followed.
     */
    Optional<URI> baseUri();

    /**
     * SMS sent at once by one replica, each on a thread and a connection of its own. Vonage takes 30 SMS a second from
     * an account unless agreed otherwise. With 250 ms an answer, 8 reach that.
     */
    @WithDefault("8")
    @Min(1)
    @Max(256)
    int clients();

    /**
     * Longest wait for a connection, for each address of the host. Shorter gives up on a provider behind a slow
     * network. Longer keeps one of the few clients busy with a dead one.
     */
    @WithDefault("2S")
    @DurationMin(millis = 100)
    @DurationMax(minutes = 1)
    Duration connectTimeout();

    /**
     * Longest silence while an answer is awaited. Too short, and SMS that were taken are sent again. One call takes at
     * most the sum of this and the connect-timeout, however slowly the answer drips.
     */
    @WithDefault("4S")
    @DurationMin(millis = 100)
    @DurationMax(minutes = 1)
    Duration readTimeout();
}
