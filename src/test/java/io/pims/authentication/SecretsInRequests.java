package io.pims.authentication;

import io.pims.authentication.sandbox.UsedSecrets;
import io.quarkus.test.junit.callback.QuarkusTestBeforeClassCallback;
import io.restassured.RestAssured;
import io.restassured.filter.Filter;
import java.util.List;
import java.util.regex.Pattern;

/** Notes the secrets in the requests of all Quarkus tests; found by name by the service loader. */
public final class SecretsInRequests implements QuarkusTestBeforeClassCallback {

    private static final Pattern SECRET = Pattern.compile(
            "(?:\"(?:phoneNumber|smsCode|pinCode|oldPIN|newPIN)\"\\s*:\\s*\"|Bearer )(\\+?[0-9]{6,15}|[\\w-]+\\.[\\w-]+\\.[\\w-]{40,})");

    private static final Filter NOTE = (request, response, context) -> {
        note(String.valueOf((Object) request.getBody()));
        note(String.valueOf(request.getHeaders().getValue("Authorization")));
        return context.next(request, response);
    };

    @Override
    public void beforeClass(Class<?> testClass) {
        if (!RestAssured.filters().contains(NOTE)) {
            RestAssured.filters(List.of(NOTE));
        }
    }

    private static void note(String text) {
        SECRET.matcher(text).results().forEach(match -> UsedSecrets.note(match.group(1)));
    }
}
