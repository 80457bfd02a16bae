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

/** Which numbers a driver may have codes sent to, and how a number without a country is read. */
@ConfigMapping(prefix = "pims.trustedphonenumber")
public interface AcceptedNumbersConfig {

    /**
     * Regions (ISO 3166-1 alpha-2, upper case) whose numbers are accepted; by default the member states of the EU, the
     * United Kingdom, Switzerland and Norway. Each one more is one more that SMS can be pumped to at our cost; without
     * it its drivers can't reset their PIN. A region that shares a calling code, such as Guernsey, Jersey and the Isle
     * of Man with the United Kingdom, or that has its own, such as Réunion, counts as itself and not as the state it
     * belongs to: its SMS have their own price.
     */
    @WithDefault("AT,BE,BG,CH,CY,CZ,DE,DK,EE,ES,FI,FR,GB,GR,HR,HU,IE,IT,LT,LU,LV,MT,NL,NO,PL,PT,RO,SE,SI,SK")
    Set<String> countries();

    /**
     * Region, one of {@link #countries}, of a number written without its country where the driver's token names none.
     * Set, it spares most drivers the country code, and reads the number of a driver from elsewhere as a stranger's
     * (a Spanish 612 34 56 78 is a number in France too), who then gets the SMS. Not set, such numbers are refused.
     */
    Optional<String> defaultRegion();

    /** How many accounts one number may serve. A family shares a phone; a fraudster shares one with many victims. */
    @WithDefault("3")
    @Min(1)
    @Max(100)
    int accountsPerNumber();

    /**
     * For how long a number that was changed without a proof of the PIN gets no reset code: the time that a driver has
     * to notice the SMS to the old number. Longer locks out honest drivers who never set a PIN.
     */
    @WithDefault("24h")
    @DurationMin(seconds = 0)
    @DurationMax(days = 30)
    Duration holdAfterChange();
}
