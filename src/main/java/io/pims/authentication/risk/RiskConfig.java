package io.pims.authentication.risk;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** What is asked about a number before a code for a reset goes to it. */
@ConfigMapping(prefix = "pims.risk")
public interface RiskConfig {

    /**
     * With {@code enforce}, what becomes of a code where nobody tells whether the SIM was swapped: no answer, an error, a
     * network that is not covered. With {@code send} whoever can silence the provider gets the code; with {@code refuse}
     * its outage, and each network that it does not cover, keeps drivers from a reset. It is asked again until the deadline
     * then, unless the network can't tell of the number.
     */
    @WithDefault("send")
    OnNoAnswer onNoAnswer();

    /** Named, or a bad setting below it would be told by the name of this method. */
    @WithName("sim-swap")
    Question simSwap();

    /** The question whether the SIM was swapped. */
    interface Question {

        /**
         * What a SIM that was swapped does, before a code for {@code resetPIN} is sent: {@code off}, nobody is asked;
         * {@code record}, the code is sent, and the security event {@code smscode.simSwap} tells; {@code enforce}, the
         * transaction fails with 2204 as well, before anything is sent. Each code that is sent costs a question:
         * {@code providers.md#is-the-sim-new}. Drivers who have a new SIM for a good reason, or a new contract with the old
         * number, are kept out as long as {@code pims.risk.sim-swap.max-age}. Begin with {@code record}.
         */
        @WithDefault("off")
        RiskMode mode();

        /**
         * How long a SIM counts as new, in whole hours. Some operators may not look back as far as they are asked to, and
         * refuse the question.
         */
        @WithDefault("72h")
        @DurationMin(hours = 1)
        @DurationMax(hours = 2400)
        Duration maxAge();

        /** Who is asked: {@code camara}, or {@code vonage}. Required unless the mode is {@code off}. */
        Optional<RiskProvider> provider();

        /**
         * Longest wait for an answer, with the connection and the token. Each code waits for it. It must be at most two
         * thirds of {@code pims.transaction.lease}.
         */
        @WithDefault("2s")
        @DurationMin(millis = 100)
        @DurationMax(seconds = 30)
        Duration timeout();

        /**
         * Questions asked at once by one replica, each on a connection of its own. As many more wait within the timeout; one
         * beyond that is not asked, and counts as not answered.
         */
        @WithDefault("32")
        @Min(1)
        @Max(256)
        int clients();

        Breaker breaker();

        Camara camara();

        Vonage vonage();
    }

    /** Stops asking a provider that fails: each code would wait for it. */
    interface Breaker {

        /** Last questions that the circuit breaker looks at. */
        @WithDefault("20")
        @Min(2)
        @Max(1_000)
        int requestVolume();

        /**
         * Share of the last {@code pims.risk.sim-swap.breaker.request-volume} questions that must have failed for the circuit
         * breaker to open.
         */
        @WithDefault("0.5")
        @DecimalMin("0.01")
        @DecimalMax("1.0")
        double failureRatio();

        /** How long the circuit breaker stays open before one question tries again. */
        @WithDefault("5s")
        @DurationMin(millis = 100)
        @DurationMax(minutes = 1)
        Duration delay();
    }

    /** An operator or aggregator that offers the SIM Swap API of CAMARA. */
    interface Camara {

        /**
         * Where {@code check} is, the whole address, such as {@code https://api.operator.example/sim-swap/v2/check}. It must be
         * https, or http to the host itself, or the service does not start: the number goes there. Redirects are not
         * followed.
         */
        Optional<URI> url();

        /** Where access tokens are to be had, by OAuth 2.0 with the credentials of a client; https as the other. */
        Optional<URI> tokenUrl();

        /** Our id at the token endpoint. */
        Optional<@Size(min = 1, max = 256) String> clientId();

        /** Our secret at the token endpoint. */
        Optional<@Size(min = 1, max = 1024) String> clientSecret();

        /** How the secret is sent: {@code basic}, in the header, or {@code post}, in the form (RFC 6749, section 2.3.1). */
        @WithDefault("basic")
        @Pattern(regexp = "basic|post")
        String clientAuthentication();

        /**
         * Scopes of the token. Some operators want the purpose as well, such as
         * {@code dpv:FraudPreventionAndDetection}.
         */
        @WithDefault("sim-swap:check")
        @Size(min = 1, max = 8)
        List<@Pattern(regexp = "[!#-\\[\\]-~]{1,100}") String> scopes();
    }

    /** Vonage's Identity Insights API. */
    interface Vonage {

        /** Id of an application at Vonage whose network profile was approved for SIM swap, a UUID. */
        Optional<String> applicationId();

        /** Its private key: PEM, or the path of a file that has it, as {@code pims.sms.vonage.private-key}. */
        Optional<String> privateKey();

        /** Where the API is. It must be https, or http to the host itself, or the service does not start. */
        @WithDefault("https://api-eu.vonage.com")
        URI baseUri();

        /** The purpose that the application's network profile was approved for. */
        @WithDefault("FraudPreventionAndDetection")
        @Pattern(regexp = "[A-Za-z]{1,64}")
        String purpose();
    }
}
