package io.pims.authentication.facade;

import java.util.Map;

/** What the service is asked for by one call. */
final class Order {

    private final String method;
    private final String path;
    private final Map<String, String> body;

    /**
     * An order.
     *
     * @param method of HTTP
     * @param path below the service's base
     * @param body the parameters; none where the method takes no body
     */
    Order(String method, String path, Map<String, String> body) {
        this.method = method;
        this.path = path;
        this.body = body;
    }

    String method() {
        return method;
    }

    String path() {
        return path;
    }

    Map<String, String> body() {
        return body;
    }

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
