package io.pims.authentication.attack;

import com.fasterxml.jackson.databind.JsonNode;
import io.pims.authentication.Conversation;
import io.pims.authentication.TestDriver;
import io.pims.authentication.attack.ApiContract.Operation;
import io.pims.authentication.receipt.SignedMessageStatus;
import io.pims.authentication.receipt.SignedReceipt;
import io.pims.authentication.sandbox.FakeVonage;
import io.pims.authentication.sandbox.ThrowawayIssuer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Makes requests: one in three as the document wants them, the others spoilt in one place or more. */
final class RequestGenerator {

    /** With few drivers the limits would refuse nearly all; with many nothing would meet what another request left. */
    private static final int DRIVERS = 40;

    /** Of these, those who have codes that can be spent. */
    private static final int WITH_CODES = 12;

    /** Drivers whom the help desk recovers, which takes the numbers of none of those above; and people of the help desk. */
    private static final int HELPED = 4;

    private static final int AGENTS = 20;

    private final ApiContract contract;
    private final long seed;
    private final List<TestDriver> drivers;
    private final List<Codes> codes;
    private final List<TestDriver> helped;
    private final Map<String, List<String>> tokens = new LinkedHashMap<>();

    /** @param uri path and query */
    record Request(Operation operation, String uri, List<Header> headers, String body) {

        @Override
        public String toString() {
            List<String> told = headers.stream()
                    .map(header ->
                            header.name() + ": " + (header.name().equals("Authorization") ? "…" : header.value()))
                    .toList();
            return operation.method() + " " + uri + " " + told + " " + body;
        }
    }

    record Header(String name, String value) {}

    /** What one driver has at hand, for requests that can succeed. */
    private record Codes(String transactionId, String resetCode, String newNumber, String certificationCode) {

        static Codes of(Conversation conversation, TestDriver other) {
            String transactionId = conversation.driver().asksForCodeAndWaits(15).path("transactionId");
            return new Codes(
                    transactionId,
                    conversation.codeAt(conversation.driver().number()),
                    other.number(),
                    conversation.certificationCode(other.number()));
        }

        void put(Map<String, Object> fields) {
            if ("reset".equals(fields.get("action"))) {
                fields.put("smsCode", resetCode);
            } else if ("modifyPhoneNumber".equals(fields.get("action"))) {
                fields.put("phoneNumber", newNumber);
                fields.put("smsCode", certificationCode);
            }
        }
    }

    RequestGenerator(ApiContract contract, ThrowawayIssuer issuer, FakeVonage vonage, long seed) {
        this.contract = contract;
        this.seed = seed;
        this.drivers = Stream.generate(() -> TestDriver.withNumber(issuer))
                .limit(DRIVERS)
                .toList();
        this.codes = drivers.stream()
                .limit(WITH_CODES)
                .map(driver -> Codes.of(new Conversation(driver, issuer, vonage), TestDriver.someone(issuer)))
                .toList();
        tokens.put("driver", drivers.stream().map(TestDriver::token).toList());
        this.helped = Stream.generate(() -> TestDriver.withNumber(issuer))
                .limit(HELPED)
                .toList();
        tokens.put(
                "support",
                IntStream.range(0, AGENTS)
                        .mapToObj(each -> issuer.token("agent-" + each, Optional.of("support"), Optional.empty()))
                        .toList());
        for (String role : List.of("auditor", "pin-verifier", "privacy")) {
            tokens.put(role, List.of(issuer.token(role, Optional.of(role), Optional.empty())));
        }
    }

    /** The n-th request, the same for the same seed but for names, tokens and times. */
    Request request(Operation operation, int n) {
        Random random = new Random(seed * 1_000_003 + n);
        Inputs inputs = new Inputs(random);
        boolean spoilt = random.nextInt(3) > 0;
        int who = random.nextInt(DRIVERS);
        TestDriver driver = drivers.get(who);
        Optional<Codes> own = who < WITH_CODES ? Optional.of(codes.get(who)) : Optional.empty();
        List<Header> headers = new ArrayList<>();
        authorization(operation, driver, spoilt && random.nextInt(6) == 0, inputs)
                .ifPresent(value -> headers.add(new Header("Authorization", value)));
        StringBuilder query = new StringBuilder();
        String path = operation.path();
        Map<String, String> receipt =
                operation.path().equals(Conversation.RECEIPT) ? new SignedReceipt().signed() : Map.of();
        for (JsonNode parameter : operation.description().path("parameters")) {
            String name = parameter.get("name").asText();
            boolean given = parameter.path("required").asBoolean() || random.nextInt(3) == 0;
            String value = receipt.getOrDefault(name, inputs.asDescribed(parameter.get("schema"), name, driver));
            if (name.equals("transactionId") && own.isPresent()) {
                value = own.get().transactionId();
            }
            if (name.equals("user") && parameter.get("in").asText().equals("path")) {
                // Who is erased is nobody: the others are asked for more.
                value = operation.path().endsWith("/data") && operation.method().equals("DELETE")
                        ? "nobody-" + n
                        : helped.get(random.nextInt(HELPED)).name();
            }
            if (spoilt && random.nextInt(3) == 0) {
                value = inputs.spoilt(value);
                given = random.nextInt(5) > 0;
            }
            switch (parameter.get("in").asText()) {
                case "path" -> path = path.replace("{" + name + "}", encoded(value.isEmpty() ? "-" : value));
                case "query" -> {
                    if (given || receipt.containsKey(name)) {
                        query.append('&').append(name).append('=').append(encoded(value));
                    }
                }
                default -> {
                    if (given) {
                        headers.add(new Header(name, Inputs.asHeader(value)));
                    }
                }
            }
        }
        if (spoilt && random.nextInt(10) == 0) {
            query.append('&').append(encoded(inputs.spoilt("x"))).append('=').append(encoded(inputs.spoilt("y")));
        }
        String body = body(operation, driver, spoilt, inputs, headers, receipt, own);
        if (body != null && operation.path().equals(Conversation.MESSAGES_RECEIPT)) {
            String signed = SignedMessageStatus.authorization(body);
            boolean right = !spoilt || random.nextInt(4) > 0;
            headers.add(new Header("Authorization", right ? signed : Inputs.asHeader(inputs.spoilt(signed))));
        }
        if (spoilt && random.nextInt(8) == 0) {
            headers.add(new Header(
                    "Accept", inputs.oneOf("text/xml", "*/*", "application/*;q=0", "//", "application/json")));
        }
        return new Request(operation, path + (query.isEmpty() ? "" : "?" + query.substring(1)), headers, body);
    }

    private Optional<String> authorization(Operation operation, TestDriver driver, boolean spoilt, Inputs inputs) {
        if (operation.description().path("security").isEmpty()
                || operation.path().equals(Conversation.MESSAGES_RECEIPT)) {
            return Optional.empty();
        }
        String right = operation.path().endsWith("/events")
                ? tokens.get("auditor").get(0)
                : operation.path().endsWith("/verification")
                        ? tokens.get("pin-verifier").get(0)
                        : operation.path().endsWith("/data")
                                ? tokens.get("privacy").get(0)
                                : operation.path().contains("/drivers/")
                                        ? inputs.oneOf(tokens.get("support").toArray(String[]::new))
                                        : driver.token();
        if (!spoilt) {
            return Optional.of("Bearer " + right);
        }
        return switch (inputs.below(5)) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of("Bearer " + driver.token());
            case 2 -> Optional.of("Bearer " + Inputs.asHeader(inputs.spoilt(right)));
            case 3 -> Optional.of(Inputs.asHeader(inputs.spoilt("Bearer " + right)));
            default ->
                Optional.of(
                        "Bearer " + ".".repeat(inputs.below(5)) + inputs.oneOf("", "e30", "e30.e30", "bnVsbA.W10."));
        };
    }

    private String body(
            Operation operation,
            TestDriver driver,
            boolean spoilt,
            Inputs inputs,
            List<Header> headers,
            Map<String, String> receipt,
            Optional<Codes> own) {
        JsonNode content = operation.description().path("requestBody").path("content");
        if (content.isMissingNode()) {
            return null;
        }
        List<String> types = new ArrayList<>();
        content.fieldNames().forEachRemaining(types::add);
        String type = types.get(inputs.below(types.size()));
        String sent = spoilt && inputs.below(10) == 0
                ? inputs.oneOf(
                        "text/plain", "application/xml", "//", "application/json;charset=x", "multipart/form-data")
                : type;
        if (!(spoilt && inputs.below(15) == 0)) {
            headers.add(new Header("Content-Type", sent));
        }
        Map<String, Object> fields = new LinkedHashMap<>(receipt);
        if (receipt.isEmpty()) {
            fields.putAll(inputs.object(contract, content.get(type).get("schema"), driver));
            own.ifPresent(codes -> codes.put(fields));
        }
        boolean form = type.startsWith("application/x-www-form-urlencoded");
        if (spoilt && inputs.below(2) == 0) {
            inputs.spoilOne(fields, form);
        }
        String body = form ? form(fields) : inputs.json(fields);
        return spoilt && inputs.below(4) == 0 ? inputs.spoilt(body) : body;
    }

    private static String form(Map<String, Object> fields) {
        StringBuilder form = new StringBuilder();
        fields.forEach((name, value) ->
                form.append('&').append(encoded(name)).append('=').append(encoded(String.valueOf(value))));
        return form.isEmpty() ? "" : form.substring(1);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
