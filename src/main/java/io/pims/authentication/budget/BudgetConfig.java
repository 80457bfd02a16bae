package io.pims.authentication.budget;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** What SMS may cost: how many go out at all, and how many to a country or a block of numbers whose codes nobody spends. */
@ConfigMapping(prefix = "pims.budget")
public interface BudgetConfig {

    Total total();

    Velocity velocity();

    /** Codes sent by all replicas together, whoever asked. What bounds the bill if nothing else does. */
    interface Total {

        /** With {@code off} nothing is counted, with {@code record} what is over is told and sent. */
        @WithDefault("enforce")
        BudgetMode mode();

        /** In a clock hour. Too low refuses honest drivers on a busy day, too high is what an attack may cost. */
        @WithDefault("30000")
        @Min(1)
        @Max(100_000_000)
        int hour();

        /** In a day of UTC. */
        @WithDefault("200000")
        @Min(1)
        @Max(100_000_000)
        int day();
    }

    /**
     * Codes sent and not spent (yet), by country and by number prefix. A budget is the larger of a floor and a share of
     * the codes that were spent, so that it grows with honest use, and with nothing that an attacker gets for free.
     */
    interface Velocity {

        /** {@code record} until what it tells is what you would refuse; then {@code enforce}. */
        @WithDefault("record")
        BudgetMode mode();

        /**
         * Unspent codes for each hundred spent ones: of the best of the last 14 days for the day, of the last hour for
         * the hour. Lower refuses sooner where networks are slow and drivers give up.
         */
        @WithDefault("20")
        @Min(1)
        @Max(1_000)
        int sharePercent();

        Country country();

        Prefix prefix();
    }

    /** Floors for each country: what one without any history may cost. */
    interface Country {

        @WithDefault("20")
        @Min(1)
        @Max(100_000_000)
        int dayFloor();

        /** A sixth of the day's budget where that is more. */
        @WithDefault("3")
        @Min(1)
        @Max(100_000_000)
        int hourFloor();
    }

    /**
     * Floors for each block of numbers with the same first seven digits. Below the country's, so that numbers in sequence
     * do not use up what is for the whole country.
     */
    interface Prefix {

        @WithDefault("10")
        @Min(1)
        @Max(100_000_000)
        int dayFloor();

        @WithDefault("2")
        @Min(1)
        @Max(100_000_000)
        int hourFloor();
    }
}
