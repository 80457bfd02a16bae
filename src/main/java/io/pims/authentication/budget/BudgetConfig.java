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

        /**
         * {@code off} counts nothing. {@code record} counts and logs what it would refuse, and sends it.
         * {@code enforce} refuses it: {@code limits-and-budgets.md#budgets-against-sms-pumping}.
         */
        @WithDefault("enforce")
        BudgetMode mode();

        /**
         * Codes sent in a clock hour by all replicas. This is what an attack may cost. Too low, and a busy hour refuses
         * drivers.
         */
        @WithDefault("30000")
        @Min(1)
        @Max(100_000_000)
        int hour();

        /** Codes sent in a day of UTC by all replicas, otherwise as {@code pims.budget.total.hour}. */
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

        /**
         * The modes of {@code pims.budget.total.mode}, for codes by country and number prefix that nobody spends. Leave
         * it at {@code record} until the log shows only codes that should be refused:
         * {@code limits-and-budgets.md#what-you-do}.
         */
        @WithDefault("record")
        BudgetMode mode();

        /**
         * Unspent codes for each hundred spent ones: of the best of the last 14 days for the day, of the last hour for
         * the hour. The floor counts where that is more. Lower refuses sooner where networks are slow and drivers give
         * up.
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

        /** Unspent codes that a country may have in a day without any history. */
        @WithDefault("20")
        @Min(1)
        @Max(100_000_000)
        int dayFloor();

        /**
         * Unspent codes that a country may have in a clock hour without any history. A sixth of the day's budget counts
         * where that is more.
         */
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

        /**
         * As {@code pims.budget.velocity.country.day-floor}, for each block of numbers with the same first seven
         * digits. It is below the country's, so that numbers in sequence do not use up what is for the whole country.
         */
        @WithDefault("10")
        @Min(1)
        @Max(100_000_000)
        int dayFloor();

        /**
         * As {@code pims.budget.velocity.prefix.day-floor}, in a clock hour. A sixth of the day's budget counts where
         * that is more.
         */
        @WithDefault("2")
        @Min(1)
        @Max(100_000_000)
        int hourFloor();
    }
}
