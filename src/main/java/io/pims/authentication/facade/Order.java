package io.pims.authentication.facade;

import java.util.Map;

/**
 * What the service is asked for by one call.
 *
 * @param method of HTTP
 * @param path below the service's base
 * @param body the parameters; none where the method takes no body
 */
record Order(String method, String path, Map<String, String> body) {

    /** Started by the service and finished later; the client asks until it is final. */
    boolean isPolled() {
        return method.equals("POST");
    }

    /** May be sent again though the service may have got it: reading changes nothing, and a POST carries its key. */
    boolean isRepeatable() {
        return !method.equals("PUT");
    }

    /** The body holds codes and PINs. */
    @Override
    public String toString() {
        return "Order[" + method + " " + path + "]";
    }
}
