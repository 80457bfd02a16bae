package io.pims.authentication.facade;

import java.net.URI;
import java.util.Collections;

/** The same app with all that it needs of the facade. */
public final class AppWithClient {

    private AppWithClient() {}

    public static void main(String... arguments) {
        Pims pims = new Pims();
        pims.initialize(Configuration.builder()
                .service(URI.create(arguments[0]))
                .token(() -> arguments[1])
                .build());
        pims.get(
                "pims.authentication.smscode",
                Collections.singletonMap("type", "resetPIN"),
                message -> System.out.println(message.get("status")));
        pims.set("pims.authentication.pincode", Collections.emptyMap(), message -> System.out.println(message));
        pims.release();
    }
}
