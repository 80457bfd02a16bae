package io.pims.authentication.facade;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** The token that all calls share. Calls that are refused with the same one fetch one new token between them. */
final class Tokens {

    /** RFC 6750, section 2.1. Anything else could add a header of its own. */
    private static final Pattern BEARER = Pattern.compile("[A-Za-z0-9._~+/-]{1,16384}={0,64}");

    private final Supplier<String> supplier;
    private final ReentrantLock fetching = new ReentrantLock();
    private String last;

    Tokens(Supplier<String> supplier) {
        this.supplier = supplier;
    }

    /**
     * The token to use.
     *
     * @param refused the one that the service refused; null for the first try
     * @throws PimsException 2101 or 2102 {@code Authorization} if the supplier has none to give
     */
    String other(String refused) throws InterruptedException {
        fetching.lockInterruptibly();
        try {
            if (last == null || last.equals(refused)) {
                last = null;
                last = fetch();
            }
            return last;
        } finally {
            fetching.unlock();
        }
    }

    private String fetch() {
        String token;
        try {
            token = supplier.get();
        } catch (Exception none) {
            // Kotlin's suppliers throw what is not declared, such as IOException.
            token = null;
        }
        if (token == null || token.isEmpty()) {
            throw PimsException.missing("Authorization");
        }
        if (!BEARER.matcher(token).matches()) {
            throw PimsException.invalid("Authorization");
        }
        return token;
    }
}
