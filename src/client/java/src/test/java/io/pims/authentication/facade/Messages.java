package io.pims.authentication.facade;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Reads messages as a caller of the facade would. */
final class Messages {

    static final String SMSCODE = "pims.authentication.smscode";
    static final String PINCODE = "pims.authentication.pincode";
    static final Map<String, String> RESET_PIN = Map.of("type", "resetPIN");
    static final Map<String, String> NEW_PIN = Map.of("action", "reset", "smsCode", "012345", "pinCode", "048213");

    private Messages() {}

    static Map<String, Object> await(CompletionStage<Map<String, Object>> call) throws Exception {
        return call.toCompletableFuture().get(30, SECONDS);
    }

    /** A facade for one call. */
    static Map<String, Object> answerTo(ConfigurationBuilder configuration) throws Exception {
        Pims pims = new Pims();
        pims.initialize(configuration.build());
        try {
            return await(pims.get(SMSCODE, RESET_PIN));
        } finally {
            pims.release();
        }
    }

    static Map<String, Object> answerToNewPin(ConfigurationBuilder configuration) throws Exception {
        Pims pims = new Pims();
        pims.initialize(configuration.build());
        try {
            return await(pims.set(PINCODE, NEW_PIN));
        } finally {
            pims.release();
        }
    }

    /** 0 if it did not fail. */
    static int code(Map<String, Object> message) {
        Object error = message.get("error");
        return error == null ? 0 : (int) ((Map<?, ?>) error).get("code");
    }

    static String label(Map<String, Object> message) {
        Object error = message.get("error");
        return error == null ? "" : (String) ((Map<?, ?>) error).get("label");
    }
}
