package io.pims.authentication.openapi;

import static io.pims.authentication.http.ErrorCode.ACCOUNT_BLOCKED;
import static io.pims.authentication.http.ErrorCode.CORE_NOT_WELL_CONFIGURED;
import static io.pims.authentication.http.ErrorCode.FACADE_NOT_INITIALIZED;
import static io.pims.authentication.http.ErrorCode.INVALID_PARAMETER;
import static io.pims.authentication.http.ErrorCode.MISSING_PARAMETER;
import static io.pims.authentication.http.ErrorCode.NETWORK_PROBLEM;
import static io.pims.authentication.http.ErrorCode.NO_PHONE_NUMBER;
import static io.pims.authentication.http.ErrorCode.PHONE_NUMBER_TAKEN;
import static io.pims.authentication.http.ErrorCode.SAME_PIN_CODE;
import static io.pims.authentication.http.ErrorCode.SERVER_ERROR;
import static io.pims.authentication.http.ErrorCode.SMS_CODE_EXPIRED;
import static io.pims.authentication.http.ErrorCode.SMS_CODE_INVALID;
import static io.pims.authentication.http.ErrorCode.TIMEOUT;

import io.pims.authentication.http.ErrorCode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Which codes an operation may answer, and with which HTTP status. */
final class OperationAnswers {

    /** A code that an operation may answer, with its HTTP status and the name that fills its label. */
    record Answer(int status, ErrorCode code, String parameter) {}

    /** Operations that are asked by Vonage, which signs and has no token. */
    private static final Set<String> SIGNED = Set.of("GET receipt", "POST receipt");

    private static final List<Answer> BY_TOKEN = List.of(
            new Answer(401, MISSING_PARAMETER, "Authorization"), new Answer(401, INVALID_PARAMETER, "Authorization"));

    private static final List<Answer> BY_SIGNATURE =
            List.of(new Answer(401, MISSING_PARAMETER, "sig"), new Answer(401, INVALID_PARAMETER, "sig"));

    private static final List<Answer> EVERYWHERE = List.of(
            new Answer(400, INVALID_PARAMETER, "Transfer-Encoding"),
            new Answer(406, INVALID_PARAMETER, "Accept"),
            new Answer(413, INVALID_PARAMETER, "body"),
            new Answer(500, SERVER_ERROR, null),
            new Answer(503, FACADE_NOT_INITIALIZED, null),
            new Answer(503, SERVER_ERROR, null));

    private static final List<Answer> WITH_BODY =
            List.of(new Answer(400, INVALID_PARAMETER, "body"), new Answer(415, INVALID_PARAMETER, "Content-Type"));

    private static final Map<String, List<Answer>> OWN = Map.of(
            "POST smscode",
                    List.of(
                            new Answer(200, CORE_NOT_WELL_CONFIGURED, null),
                            new Answer(200, TIMEOUT, null),
                            new Answer(200, NETWORK_PROBLEM, null),
                            new Answer(200, SERVER_ERROR, null),
                            new Answer(400, MISSING_PARAMETER, "type"),
                            new Answer(400, INVALID_PARAMETER, "phoneNumber"),
                            new Answer(409, MISSING_PARAMETER, "trustedphonenumber"),
                            new Answer(422, INVALID_PARAMETER, "Idempotency-Key"),
                            new Answer(429, TIMEOUT, null),
                            new Answer(503, CORE_NOT_WELL_CONFIGURED, null)),
            "GET smscode/{transactionId}",
                    List.of(
                            new Answer(200, CORE_NOT_WELL_CONFIGURED, null),
                            new Answer(200, TIMEOUT, null),
                            new Answer(200, NETWORK_PROBLEM, null),
                            new Answer(200, SERVER_ERROR, null),
                            new Answer(404, INVALID_PARAMETER, "transactionId")),
            "PUT smscode",
                    List.of(
                            new Answer(400, MISSING_PARAMETER, "pinCode"),
                            new Answer(400, INVALID_PARAMETER, "phoneNumber"),
                            new Answer(400, SMS_CODE_INVALID, null),
                            new Answer(400, SMS_CODE_EXPIRED, null),
                            new Answer(403, ACCOUNT_BLOCKED, null),
                            new Answer(404, NO_PHONE_NUMBER, null),
                            new Answer(409, PHONE_NUMBER_TAKEN, null),
                            new Answer(429, TIMEOUT, null)),
            "GET trustedphonenumber", List.of(new Answer(404, NO_PHONE_NUMBER, null)),
            "PUT pincode",
                    List.of(
                            new Answer(400, MISSING_PARAMETER, "smsCode"),
                            new Answer(400, INVALID_PARAMETER, "pinCode"),
                            new Answer(400, SMS_CODE_INVALID, null),
                            new Answer(400, SMS_CODE_EXPIRED, null),
                            new Answer(400, SAME_PIN_CODE, null),
                            new Answer(403, ACCOUNT_BLOCKED, null),
                            new Answer(429, TIMEOUT, null)),
            "POST pincode/verification",
                    List.of(
                            new Answer(400, MISSING_PARAMETER, "user"),
                            new Answer(400, INVALID_PARAMETER, "pinCode"),
                            new Answer(403, INVALID_PARAMETER, "Authorization"),
                            new Answer(403, ACCOUNT_BLOCKED, null),
                            new Answer(429, TIMEOUT, null)),
            "GET account", List.of(),
            "GET receipt", List.of(new Answer(400, INVALID_PARAMETER, "query")),
            "POST receipt", List.of(new Answer(400, INVALID_PARAMETER, "body")),
            "GET events",
                    List.of(
                            new Answer(400, MISSING_PARAMETER, "user"),
                            new Answer(400, INVALID_PARAMETER, "limit"),
                            new Answer(403, INVALID_PARAMETER, "Authorization")));

    private OperationAnswers() {}

    /** Whether it takes a signature in the place of a token. */
    static boolean isSigned(String operation) {
        return SIGNED.contains(operation);
    }

    /** @param operation method and path below {@code /v1/authentication/} */
    static List<Answer> of(String operation, boolean withBody) {
        return Stream.of(
                        OWN.getOrDefault(operation, List.of()),
                        isSigned(operation) ? BY_SIGNATURE : BY_TOKEN,
                        EVERYWHERE,
                        withBody ? WITH_BODY : List.<Answer>of())
                .flatMap(List::stream)
                .toList();
    }
}
