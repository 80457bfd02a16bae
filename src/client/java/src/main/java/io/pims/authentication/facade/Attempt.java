package io.pims.authentication.facade;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * One request on its way: how far it came, and the end of it if it takes too long. As the last interceptor it is called
 * when there is a connection, and nothing of the request has been written yet.
 */
final class Attempt implements Interceptor {

    private final Order order;
    private okhttp3.Call call;
    private boolean sent;
    private boolean late;

    Attempt(Order order) {
        this.order = order;
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        send();
        return chain.proceed(chain.request());
    }

    synchronized void by(okhttp3.Call made) {
        call = made;
    }

    private synchronized void send() throws IOException {
        if (sent && !order.isRepeatable()) {
            // By an interceptor of the application, which does not know that it must not.
            throw new IOException("Not sent twice");
        }
        sent = true;
    }

    /** Cuts it if there is no connection yet. */
    synchronized void endUnlessSent() {
        if (!sent) {
            end();
        }
    }

    synchronized void end() {
        late = true;
        call.cancel();
    }

    /** Whether the service may have got it. */
    synchronized boolean wasSent() {
        return sent;
    }

    synchronized boolean wasLate() {
        return late;
    }
}
