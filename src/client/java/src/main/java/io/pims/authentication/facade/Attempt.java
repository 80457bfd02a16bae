package io.pims.authentication.facade;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;

/** One request on its way, known to the request by its tag: how far it came, and the end of it if it takes too long. */
final class Attempt {

    private okhttp3.Call call;
    private boolean sent;
    private boolean late;

    /** Called by the HTTP client when there is a connection, and nothing of the request has been written yet. */
    static Response noteConnection(Interceptor.Chain chain) throws IOException {
        Attempt attempt = chain.request().tag(Attempt.class);
        if (attempt != null) {
            attempt.send();
        }
        return chain.proceed(chain.request());
    }

    synchronized void by(okhttp3.Call made) {
        call = made;
    }

    private synchronized void send() {
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
