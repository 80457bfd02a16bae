package io.pims.authentication.pincode;

import io.pims.authentication.configuration.WrongSetting;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Month;

/**
 * Decides which PINs a driver may choose: none that a thief tries first (NIST SP 800-63B, section 3.1.1.2, on blocklists).
 * Refused are
 * <ul>
 *   <li>one digit repeated, and runs up or down, also across 9 and 0: {@code 890123} is a row of keys like any other;
 *   <li>a pair or triple repeated: {@code 1212}, {@code 121212}, {@code 123123};
 *   <li>dates from 1900 to 2099: with six digits day-month-year, month-day-year and year-month-day, with four
 *       day-month, month-day and the year. Not month-year with four: it would refuse another 8 % of all PINs;
 *   <li>the {@link CommonPins}.
 * </ul>
 */
@Startup
@ApplicationScoped
public class PinPolicy {

    private final int length;

    /** @throws WrongSetting if there are no rules for the length */
    public PinPolicy(PinCodeConfig config) {
        length = config.length();
        if (length != 4 && length != 6) {
            throw new WrongSetting("pims.pincode.length", "must be 4 or 6, not " + length);
        }
    }

    /** Returns true if the text is a PIN that may be chosen. */
    public boolean allows(String pin) {
        return isDigits(pin) && !isRun(pin) && !isRepetition(pin) && !isDate(pin) && !CommonPins.contains(pin);
    }

    private boolean isDigits(String pin) {
        return pin.length() == length && pin.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    }

    private static boolean isRun(String pin) {
        int step = step(pin, 1);
        for (int i = 2; i < pin.length(); i++) {
            if (step(pin, i) != step) {
                return false;
            }
        }
        return step == 0 || step == 1 || step == 9;
    }

    /** Returns the step from the digit before, modulo 10: 9 is one down. */
    private static int step(String pin, int i) {
        return Math.floorMod(pin.charAt(i) - pin.charAt(i - 1), 10);
    }

    private static boolean isRepetition(String pin) {
        int half = pin.length() / 2;
        return pin.substring(half).equals(pin.substring(0, half))
                || pin.substring(2).equals(pin.substring(0, pin.length() - 2));
    }

    private static boolean isDate(String pin) {
        int first = pair(pin, 0);
        int second = pair(pin, 2);
        if (pin.length() == 4) {
            return isDay(first, second, true) || isDay(second, first, true) || first == 19 || first == 20;
        }
        int third = pair(pin, 4);
        // 00 is 2000, which was a leap year, or 1900, which was not.
        return isDay(first, second, third % 4 == 0)
                || isDay(second, first, third % 4 == 0)
                || isDay(third, second, first % 4 == 0);
    }

    private static boolean isDay(int day, int month, boolean leapYear) {
        return month >= 1 && month <= 12 && day >= 1 && day <= Month.of(month).length(leapYear);
    }

    private static int pair(String pin, int from) {
        return Integer.parseInt(pin, from, from + 2, 10);
    }
}
