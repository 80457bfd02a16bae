package io.pims.authentication.openapi;

import io.pims.authentication.http.ErrorCode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The codes that an operation may answer, each with its HTTP status. */
final class OperationAnswers {

    /** @param parameter the name that fills the label; null where it has none */
    record Answer(int status, ErrorCode code, String parameter) {

        private static Answer of(int status, ErrorCode code) {
            return new Answer(status, code, null);
        }

        private static Answer missing(int status, String parameter) {
            return new Answer(status, ErrorCode.MISSING_PARAMETER, parameter);
        }

        private static Answer invalid(int status, String parameter) {
            return new Answer(status, ErrorCode.INVALID_PARAMETER, parameter);
        }
    }

    /** Operations that Vonage calls, which signs and has no token. */
    private static final Set<String> SIGNED = Set.of("GET receipt", "POST receipt");

    private static final List<Answer> BY_TOKEN =
            List.of(Answer.missing(401, "Authorization"), Answer.invalid(401, "Authorization"));

    private static final List<Answer> BY_SIGNATURE = List.of(Answer.missing(401, "sig"), Answer.invalid(401, "sig"));

    private static final List<Answer> EVERYWHERE = List.of(
            Answer.invalid(400, "Transfer-Encoding"),
            Answer.invalid(406, "Accept"),
            Answer.invalid(413, "body"),
            Answer.of(500, ErrorCode.SERVER_ERROR),
            Answer.of(503, ErrorCode.FACADE_NOT_INITIALIZED),
            Answer.of(503, ErrorCode.SERVER_ERROR));

    private static final List<Answer> WITH_BODY =
            List.of(Answer.invalid(400, "body"), Answer.invalid(415, "Content-Type"));

    private static final List<Answer> FAILED_TRANSACTION = List.of(
            Answer.of(200, ErrorCode.CORE_NOT_WELL_CONFIGURED),
            Answer.of(200, ErrorCode.TIMEOUT),
            Answer.of(200, ErrorCode.NETWORK_PROBLEM),
            Answer.of(200, ErrorCode.SERVER_ERROR));

    private static final List<Answer> WITH_SMS_CODE = List.of(
            Answer.of(400, ErrorCode.SMS_CODE_INVALID),
            Answer.of(400, ErrorCode.SMS_CODE_EXPIRED),
            Answer.of(403, ErrorCode.ACCOUNT_BLOCKED),
            Answer.of(429, ErrorCode.TIMEOUT));

    /** Answers of one operation beside those above; an operation that has no others is not here. */
    private static final Map<String, List<Answer>> OWN = Map.of(
            "POST smscode",
                    and(
                            FAILED_TRANSACTION,
                            Answer.missing(400, "type"),
                            Answer.invalid(400, "phoneNumber"),
                            Answer.missing(409, "trustedphonenumber"),
                            Answer.invalid(422, "Idempotency-Key"),
                            Answer.of(429, ErrorCode.TIMEOUT),
                            Answer.of(503, ErrorCode.CORE_NOT_WELL_CONFIGURED)),
            "GET smscode/{transactionId}", and(FAILED_TRANSACTION, Answer.invalid(404, "transactionId")),
            "PUT smscode",
                    and(
                            WITH_SMS_CODE,
                            Answer.missing(400, "pinCode"),
                            Answer.invalid(400, "phoneNumber"),
                            Answer.of(404, ErrorCode.NO_PHONE_NUMBER),
                            Answer.of(409, ErrorCode.PHONE_NUMBER_TAKEN)),
            "GET trustedphonenumber", List.of(Answer.of(404, ErrorCode.NO_PHONE_NUMBER)),
            "PUT pincode",
                    and(
                            WITH_SMS_CODE,
                            Answer.missing(400, "smsCode"),
                            Answer.invalid(400, "pinCode"),
                            Answer.of(400, ErrorCode.SAME_PIN_CODE)),
            "POST pincode/verification",
                    List.of(
                            Answer.missing(400, "user"),
                            Answer.invalid(400, "pinCode"),
                            Answer.invalid(403, "Authorization"),
                            Answer.of(403, ErrorCode.ACCOUNT_BLOCKED),
                            Answer.of(429, ErrorCode.TIMEOUT)),
            "GET receipt", List.of(Answer.invalid(400, "query")),
            "POST receipt", List.of(Answer.invalid(400, "body")),
            "GET events",
                    List.of(
                            Answer.missing(400, "user"),
                            Answer.invalid(400, "limit"),
                            Answer.invalid(403, "Authorization")));

    private OperationAnswers() {}

    private static List<Answer> and(List<Answer> shared, Answer... others) {
        return Stream.concat(shared.stream(), Stream.of(others)).toList();
    }

    /** Returns true if the operation takes a signature in the place of a token. */
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
