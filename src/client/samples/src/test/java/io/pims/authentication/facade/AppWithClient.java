package io.pims.authentication.facade;

import java.net.URI;
import java.util.Collections;
import java.util.concurrent.CountDownLatch;

/** The same app with all that it needs of the facade. */
public final class AppWithClient {

    private AppWithClient() {}

    /** @param arguments the service's address, and a token */
    public static void main(String... arguments) throws InterruptedException {
        CountDownLatch told = new CountDownLatch(1);
        Pims pims = new Pims();
        pims.initialize(Configuration.builder()
                .service(URI.create(arguments[0]))
                .token(() -> arguments[1])
                .build());
        pims.get("pims.authentication.smscode", Collections.singletonMap("type", "resetPIN"), message -> {
            System.out.println(message.get("status"));
            told.countDown();
        });
        pims.set("pims.authentication.pincode", Collections.emptyMap(), message -> System.out.println(message));
        told.await();
        pims.release();
    }
}
