package io.pims.authentication.driver;

import java.util.Set;

/** The roles that an operation needs, as a token's claim {@code groups} has them. Others are not looked at. */
public final class Roles {

    public static final String PIN_VERIFIER = "pin-verifier";
    public static final String AUDITOR = "auditor";

    public static final String SUPPORT = "support";

    public static final String PRIVACY = "privacy";

    static final Set<String> ALL = Set.of(PIN_VERIFIER, AUDITOR, SUPPORT, PRIVACY);

    private Roles() {}
}
