package io.pims.authentication.support;

import io.pims.authentication.caller.Caller;
import io.pims.authentication.driver.Driver;
import io.pims.authentication.http.ApiException;
import io.pims.authentication.http.ErrorCode;
import io.pims.authentication.securityevent.NewSecurityEvent;
import java.util.Optional;

/**
 * What somebody of the help desk asks for.
 *
 * @param agent who asks
 * @param user the id of the driver whom it is about
 * @param reason a few words without personal data
 */
record SupportCall(Caller agent, String user, String reason) {

    /**
     * Reads a call.
     *
     * @throws ApiException 400: 2102 for what can be no user, 2101 or 2102 for the reason
     */
    static SupportCall of(Caller agent, String user, String reason) {
        if (!Driver.isUser(user)) {
            throw ApiException.invalid("user");
        }
        return new SupportCall(agent, user, Reason.require(reason));
    }

    /** True if it is about the account of who asks. */
    boolean isAboutOneself() {
        return by().equals(user);
    }

    /** Returns the {@code sub} of who asks. */
    String by() {
        return agent.user();
    }

    /** Returns the record of this call. */
    NewSecurityEvent event(String what, Optional<ErrorCode> error) {
        return new NewSecurityEvent(
                user, what, error, agent.requestId(), agent.addressHash(), Optional.of(by()), Optional.of(reason));
    }

    @Override
    public String toString() {
        return "SupportCall[]";
    }
}
