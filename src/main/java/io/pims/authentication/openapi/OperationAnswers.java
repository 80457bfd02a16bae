package io.pims.authentication.openapi;

import static java.util.stream.Collectors.toMap;

import io.pims.authentication.http.ErrorCode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The refusals and failures that an operation may answer. */
final class OperationAnswers {

    /** @param parameter the name that fills the label; null where it has none */
    record Answer(int status, ErrorCode code, String parameter) {

        /** Reads {@code 400 2102 body}: status, code, and the parameter where the label names one. */
        private static Answer parse(String text) {
            String[] words = text.strip().split(" ");
            return new Answer(
                    Integer.parseInt(words[0]),
                    ErrorCode.of(Integer.parseInt(words[1])),
                    words.length > 2 ? words[2] : null);
        }
    }

    /** The driver's token, and the one that Vonage makes for each webhook. */
    static final String BEARER = "bearer";

    static final String WEBHOOK = "webhook";

    private static final List<Answer> BY_TOKEN = parse("401 2101 Authorization, 401 2102 Authorization");
    /** Vonage signs parameters, and has no token. */
    private static final List<Answer> BY_SIGNATURE = parse("401 2101 sig, 401 2102 sig");

    private static final List<Answer> WITH_BODY = parse("400 2102 body, 415 2102 Content-Type");
    private static final List<Answer> EVERYWHERE =
            parse("400 2102 Transfer-Encoding, 406 2102 Accept, 413 2102 body, 500 2204, 503 2001, 503 2204");

    private static final String FAILED_TRANSACTION = "200 2006, 200 2201, 200 2202, 200 2204, ";
    private static final String WITH_SMS_CODE = "400 2305, 400 2306, 403 2310, 429 2201, ";

    private static final String BY_HELP_DESK =
            "400 2101 reason, 400 2102 reason, 403 2102 Authorization, 404 2102 path, 429 2201";

    /** Answers of one operation beside those above; an operation that has no others is not here. */
    private static final Map<String, List<Answer>> OWN = Stream.of(
                    "POST smscode: " + FAILED_TRANSACTION + "400 2101 type, 400 2102 phoneNumber,"
                            + " 409 2101 trustedphonenumber, 422 2102 Idempotency-Key, 429 2201, 503 2006",
                    "GET smscode/{transactionId}: " + FAILED_TRANSACTION + "404 2102 transactionId",
                    "PUT smscode: " + WITH_SMS_CODE + "400 2101 pinCode, 400 2102 phoneNumber, 404 2307, 409 2390",
                    "GET trustedphonenumber: 404 2307",
                    "PUT pincode: " + WITH_SMS_CODE + "400 2101 smsCode, 400 2102 pinCode, 400 2315",
                    "POST pincode/verification: 400 2101 user, 400 2102 pinCode, 403 2102 Authorization, 403 2310,"
                            + " 429 2201",
                    "GET receipt: 400 2102 query",
                    "POST receipt: 400 2102 body",
                    "GET receipt/messages: 400 2102 query",
                    "POST receipt/messages: 400 2102 body",
                    "GET drivers/{user}: " + BY_HELP_DESK,
                    "POST drivers/{user}/recovery: " + BY_HELP_DESK + ", 404 2307",
                    "DELETE drivers/{user}/recovery: " + BY_HELP_DESK,
                    "POST drivers/{user}/unblock: " + BY_HELP_DESK,
                    "GET drivers/{user}/data: 400 2102 user, 403 2102 Authorization, 404 2102 path",
                    "DELETE drivers/{user}/data: 400 2102 user, 403 2102 Authorization, 404 2102 path, 429 2201",
                    "GET events: 400 2101 user, 400 2102 limit, 403 2102 Authorization")
            .map(line -> line.split(": "))
            .collect(toMap(line -> line[0], line -> parse(line[1])));

    private OperationAnswers() {}

    private static List<Answer> parse(String answers) {
        return Stream.of(answers.split(",")).map(Answer::parse).toList();
    }

    /** Returns true if the operation takes a signature among its parameters, in the place of a token. */
    static boolean isSigned(String operation) {
        return operation.endsWith(" receipt");
    }

    /** Returns whose token the operation takes, as the document names it; empty for nobody's. */
    static Optional<String> scheme(String operation) {
        if (isSigned(operation) || operation.equals("GET receipt/messages")) {
            return Optional.empty();
        }
        return Optional.of(operation.equals("POST receipt/messages") ? WEBHOOK : BEARER);
    }

    /** @param operation method and path below {@code /v1/authentication/} */
    static List<Answer> of(String operation, boolean withBody) {
        return Stream.of(
                        OWN.getOrDefault(operation, List.of()),
                        isSigned(operation) ? BY_SIGNATURE : List.<Answer>of(),
                        scheme(operation).isPresent() ? BY_TOKEN : List.<Answer>of(),
                        EVERYWHERE,
                        withBody ? WITH_BODY : List.<Answer>of())
                .flatMap(List::stream)
                .toList();
    }
}
