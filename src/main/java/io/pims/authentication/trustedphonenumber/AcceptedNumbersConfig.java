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
     * Regions (ISO 3166-1 alpha-2, upper case) whose numbers are accepted. {@code providers.md#accepted-countries}
     * tells which and why. A region counts as itself and not as the state that it belongs to, also where both share a
     * calling code. With each more, SMS can be pumped to one more at our cost. Drivers of a region that is left out
     * can't reset their PIN.
     */
    @WithDefault(
            "AD,AT,BE,BG,CH,CY,CZ,DE,DK,EE,ES,FI,FR,GB,GF,GP,GR,HR,HU,IE,IS,IT,LI,LT,LU,LV,MC,MF,MQ,MT,NL,NO,PL,PT,RE,"
                    + "RO,SE,SI,SK,SM,VA,YT")
    Set<String> countries();

    /**
     * Region, one of {@code pims.trustedphonenumber.countries}, of a number that is written without its country code,
     * where the token names none. It spares most drivers the code. But it reads the number of a driver from elsewhere
     * as a stranger's, who then gets the SMS. Without it such numbers are refused.
     */
    Optional<String> defaultRegion();

    /**
     * How many accounts one number may serve. Beyond that, 2390. A family shares a phone; a fraudster shares one with
     * many victims.
     */
    @WithDefault("3")
    @Min(1)
    @Max(100)
    int accountsPerNumber();

    /**
     * For how long a number that was changed without proof of the PIN gets no reset code. Until then a driver can
     * notice the SMS to the old number. Longer locks out honest drivers who never set a PIN.
     */
    @WithDefault("24h")
    @DurationMin(seconds = 0)
    @DurationMax(days = 30)
    Duration holdAfterChange();
}
