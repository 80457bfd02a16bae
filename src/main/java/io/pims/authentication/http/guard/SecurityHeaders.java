package io.pims.authentication.http.guard;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/** The headers that every answer has (OWASP REST Security Cheat Sheet, "Security Headers"). */
public final class SecurityHeaders {

    private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");
    private static final CharSequence CONTENT_TYPE_OPTIONS = HttpHeaders.createOptimized("X-Content-Type-Options");
    private static final CharSequence NOSNIFF = HttpHeaders.createOptimized("nosniff");
    private static final CharSequence CONTENT_SECURITY_POLICY = HttpHeaders.createOptimized("Content-Security-Policy");
    private static final CharSequence NOTHING =
            HttpHeaders.createOptimized("default-src 'none'; frame-ancestors 'none'");
    private static final CharSequence REFERRER_POLICY = HttpHeaders.createOptimized("Referrer-Policy");
    private static final CharSequence NO_REFERRER = HttpHeaders.createOptimized("no-referrer");
    private static final CharSequence TRANSPORT_SECURITY = HttpHeaders.createOptimized("Strict-Transport-Security");
    private static final CharSequence A_YEAR = HttpHeaders.createOptimized("max-age=31536000");

    private SecurityHeaders() {}

    static void set(RoutingContext context) {
        MultiMap headers = context.response().headers();
        headers.set(HttpHeaders.CACHE_CONTROL, NO_STORE)
                .set(CONTENT_TYPE_OPTIONS, NOSNIFF)
                .set(CONTENT_SECURITY_POLICY, NOTHING)
                .set(REFERRER_POLICY, NO_REFERRER);
        if (context.request().isSSL()) {
            overTls(context);
        }
    }

    /** The one that does not go over plain HTTP (RFC 6797, section 7.2). */
    public static void overTls(RoutingContext context) {
        context.response().putHeader(TRANSPORT_SECURITY, A_YEAR);
    }
}
