package io.pims.authentication.trustedphonenumber;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** The numbers that codes may be sent to, and the country of a number that is typed without one. */
@ConfigMapping(prefix = "pims.trustedphonenumber")
public interface AcceptedNumbersConfig {

    /**
     * Regions (ISO 3166-1 alpha-2, upper case) whose numbers are accepted. By default
     * <ul>
     *   <li>the European Economic Area: the member states of the EU, Iceland, Liechtenstein and Norway;
     *   <li>the United Kingdom and Switzerland;
     *   <li>the overseas regions of France that are territory of the EU (TFEU, article 349), whose drivers count themselves
     *       as French: GF, GP, MF, MQ, RE, YT. Saint-Barthélemy (BL) is none any more, but shares its range with Guadeloupe;
     *   <li>the microstates within them, whose drivers buy their cars next door: AD, MC, SM, VA.
     * </ul>
     * Not by default: Guernsey, Jersey and the Isle of Man (GG, JE, IM), Saint-Pierre-et-Miquelon (PM), Gibraltar, Greenland
     * and the Faroe Islands. They are outside of the EU, have few drivers, and each has prices of its own: small
     * destinations are what SMS pumping lives on. Each region more is one more that SMS can be pumped to at our cost, up to the
     * budgets for a country; without it its drivers can't reset their PIN. A region counts as itself and not as the state it
     * belongs to, also where it shares a calling code.
     */
    @WithDefault(
            "AD,AT,BE,BG,CH,CY,CZ,DE,DK,EE,ES,FI,FR,GB,GF,GP,GR,HR,HU,IE,IS,IT,LI,LT,LU,LV,MC,MF,MQ,MT,NL,NO,PL,PT,RE,"
                    + "RO,SE,SI,SK,SM,VA,YT")
    Set<String> countries();

    /**
     * Region, one of {@link #countries}, of a number written without its country where the driver's token names none.
     * Set, it spares most drivers the country code, and reads the number of a driver from elsewhere as a stranger's
     * (a Spanish 612 34 56 78 is a number in France too), who then gets the SMS. Not set, such numbers are refused.
     */
    Optional<String> defaultRegion();

    /** Accounts that one number may serve. A family shares a phone; a fraudster shares one with many victims. */
    @WithDefault("3")
    @Min(1)
    @Max(100)
    int accountsPerNumber();

    /**
     * The time for which a number that was changed without a proof of the PIN gets no reset code. A driver has this time to
     * notice the SMS to the old number. Longer locks out honest drivers who never set a PIN.
     */
    @WithDefault("24h")
    @DurationMin(seconds = 0)
    @DurationMax(days = 30)
    Duration holdAfterChange();
}
