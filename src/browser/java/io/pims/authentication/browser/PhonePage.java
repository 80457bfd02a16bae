package io.pims.authentication.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.SelectOption;

/** What somebody does on the page and sees there, by the names that a screen reader would tell. */
record PhonePage(Page page) {

    PhonePage signsIn(String driver) {
        page.getByLabel("Driver").fill(driver);
        clicks("Sign in");
        assertThat(page.locator("#whoami")).containsText(driver);
        return this;
    }

    PhonePage signsInAsSomebodyNew() {
        clicks("As somebody new");
        assertThat(page.locator("#number")).hasText("None yet");
        return this;
    }

    PhonePage chooses(String label, String option) {
        page.getByRole(AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName(label))
                .selectOption(new SelectOption().setLabel(option));
        return this;
    }

    PhonePage clicks(String button) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(button).setExact(true))
                .click();
        return this;
    }

    PhonePage types(String label, String text) {
        page.getByLabel(label).fill(text);
        return this;
    }

    PhonePage switchesProviderTo(String name) {
        page.getByRole(AriaRole.RADIO, new Page.GetByRoleOptions().setName(name))
                .check();
        return this;
    }

    /** Takes the code out of the SMS that came as the given one, counted from 1. */
    PhonePage usesCodeOfSms(int which) {
        messages().nth(which - 1).getByRole(AriaRole.BUTTON).click();
        return this;
    }

    PhonePage sees(String outcome) {
        assertThat(page.locator("#outcome")).containsText(outcome);
        return this;
    }

    /** From a new account to a certified number. */
    PhonePage certifiesNumber() {
        return signsInAsSomebodyNew().certifiesNumberAtHand();
    }

    PhonePage certifiesNumberAtHand() {
        clicks("Send a code to it")
                .sees("so that it is known to be your number")
                .usesCodeOfSms(1);
        return clicks("Certify the number").sees("The number is certified");
    }

    /** Until the SMS is sent. That something succeeded may be of before; and what is sent still moves what is below it. */
    PhonePage asksForCode() {
        return clicks("Send me a code")
                .sees("Type the code that arrives, and a new PIN")
                .sees("SUCCEEDED");
    }

    Locator messages() {
        return page.locator(".message");
    }

    /** The switch. Playwright waits until it is shown, which it is where there are several roads. */
    Locator firstRoadIsDown() {
        return page.getByRole(AriaRole.SWITCH, new Page.GetByRoleOptions().setName("The first road is down"));
    }

    /** All that is told of the roads. */
    Locator roads() {
        return page.locator("#roads");
    }

    /** The time line that is open. */
    Locator life() {
        return page.locator(".transaction[open] .life li");
    }

    Locator exchanges() {
        return page.locator(".exchange");
    }
}
