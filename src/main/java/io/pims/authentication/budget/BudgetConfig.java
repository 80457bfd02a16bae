package io.pims.authentication.budget;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** Bounds the cost of SMS: all that are sent, and those to a country or a block of numbers whose codes nobody spends. */
@ConfigMapping(prefix = "pims.budget")
public interface BudgetConfig {

    Total total();

    Velocity velocity();

    /** Codes sent by all replicas to all drivers. Bounds the bill if nothing else does. */
    interface Total {

        /** With {@code off} nothing is counted. With {@code record} codes over the budget are logged and sent. */
        @WithDefault("enforce")
        BudgetMode mode();

        /** Codes in a clock hour. Too low refuses honest drivers on a busy day; too high is the cost of an attack. */
        @WithDefault("30000")
        @Min(1)
        @Max(100_000_000)
        int hour();

        /** Codes in a day of UTC. */
        @WithDefault("200000")
        @Min(1)
        @Max(100_000_000)
        int day();
    }

    /**
     * Codes sent and not spent yet, by country and by number prefix. A budget is the larger of a floor and a share of the
     * codes that were spent. So it grows with honest use, and an attacker has to spend codes to raise it.
     */
    interface Velocity {

        /** {@code record} until the log shows only codes that should be refused; then {@code enforce}. */
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

    /** Floors for each country: the cost of a country without any history. */
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
