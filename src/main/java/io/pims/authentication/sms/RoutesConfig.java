package io.pims.authentication.sms;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** More than one road to the phone: which there are, and in which order they are tried. */
@ConfigMapping(prefix = "pims.sms.routes")
public interface RoutesConfig {

    /** No hyphen: an environment variable could not tell it from a dot. */
    String NAME = "[a-z][a-z0-9]{0,15}";

    int MOST = 8;

    /**
     * Names of the roads to the phone, the first choice first: 1 to 8, each of up to 16 lower case letters and digits.
     * A name is a label of metrics and is kept with each attempt. Without it there is one road, called vonage, that is
     * set by {@code pims.sms.vonage}, {@code pims.receipt} and {@code pims.dispatch.sends-per-second}. With it whatever
     * is set there, and is not the default, stops the start, as do settings of a provider that a road does not go by.
     * Name the road of the account that you have vonage: its pace is then one with that of the replicas that are not
     * restarted yet.
     */
    @WithParentName
    Optional<@Size(min = 1, max = MOST) List<@Pattern(regexp = NAME) String>> names();

    /** The settings of each road, by its name. */
    @WithParentName
    Map<String, Route> roads();

    /** The settings of one road that are the same for all providers. */
    interface Route {

        /** Who takes the SMS: vonage, or webhook for a gateway of your own. */
        Optional<@Pattern(regexp = "vonage|webhook") String> provider();

        /**
         * Countries (ISO 3166-1 alpha-2, upper case) whose numbers this road serves; all without it. Each country of
         * {@code pims.trustedphonenumber.countries} must have a road.
         */
        Optional<Set<@Pattern(regexp = "[A-Z]{2}") String>> countries();

        /**
         * Sender of all SMS by this road, in the place of the brands' own: for a provider that knows one sender only.
         * The order is: this road's sender for the country, this road's, the brand's for the country, the brand's,
         * {@code pims.sms.sender}.
         */
        Optional<@Pattern(regexp = SmsConfig.SENDER) String> sender();

        /** Sender of SMS by this road to one country, by its ISO 3166-1 code, before all other senders. */
        Map<String, @Pattern(regexp = SmsConfig.SENDER) String> senders();

        /**
         * Calls of this road's provider in a second by all replicas together, as
         * {@code pims.dispatch.sends-per-second} for the only road.
         */
        Optional<@Min(1) @Max(10_000) Integer> sendsPerSecond();
    }
}
