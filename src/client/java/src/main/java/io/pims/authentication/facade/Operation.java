package io.pims.authentication.facade;

import static java.util.Arrays.asList;
import static java.util.Collections.emptyList;
import static java.util.Collections.singletonList;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One thing that can be asked for. */
final class Operation {

    private static final String SMSCODE = "pims.authentication.smscode";
    private static final String PINCODE = "pims.authentication.pincode";

    private static final List<Operation> ALL = asList(
            new Operation("get", SMSCODE, "POST").selectedBy("type", "resetPIN"),
            new Operation("get", SMSCODE, "POST")
                    .selectedBy("type", "phoneNumberCertification")
                    .with("phoneNumber"),
            new Operation("set", SMSCODE, "PUT")
                    .selectedBy("action", "addPhoneNumber")
                    .with("phoneNumber", "smsCode"),
            new Operation("set", SMSCODE, "PUT")
                    .selectedBy("action", "modifyPhoneNumber")
                    .with("phoneNumber", "smsCode")
                    .orAlso("pinCode"),
            new Operation("set", PINCODE, "PUT").selectedBy("action", "reset").with("smsCode", "pinCode"),
            new Operation("set", PINCODE, "PUT").selectedBy("action", "update").with("oldPIN", "newPIN"),
            new Operation("get", "pims.authentication.trustedphonenumber", "GET"),
            new Operation("get", "pims.authentication.account", "GET"));

    private static final int MOST_PARAMETERS = 16;
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,63}");
    private static final Pattern TEXT = Pattern.compile("[^\\p{Cntrl}]{1,64}");
    private static final Pattern PIN = Pattern.compile("[0-9]{1,12}");
    private static final Map<String, Pattern> FORMS = new HashMap<>();

    static {
        // How else numbers and codes may be written, as people paste them, is the service's to say.
        FORMS.put("phoneNumber", Pattern.compile("(?s).{1,64}"));
        FORMS.put("smsCode", Pattern.compile("(?s)(?=.{6,32}\\z)[^\\p{L}\\p{Nd}]*(?:\\p{Nd}[^\\p{L}\\p{Nd}]*){6}"));
        FORMS.put("pinCode", PIN);
        FORMS.put("oldPIN", PIN);
        FORMS.put("newPIN", PIN);
    }

    private final String verb;
    private final String api;
    private final String method;
    /** The parameter that tells the operations of a verb and an API apart; null where there is one only. */
    private String selector;

    private String selected;
    /** The other parameters, in the order in which a missing one is told. */
    private List<String> required = emptyList();
    /** Parameters that may be left out. */
    private List<String> optional = emptyList();

    private Operation(String verb, String api, String method) {
        this.verb = verb;
        this.api = api;
        this.method = method;
    }

    private Operation selectedBy(String parameter, String value) {
        selector = parameter;
        selected = value;
        return this;
    }

    private Operation with(String... parameters) {
        required = asList(parameters);
        return this;
    }

    private Operation orAlso(String parameter) {
        optional = singletonList(parameter);
        return this;
    }

    /**
     * Checks all that can be checked without the service.
     *
     * @throws PimsException 2002 for an API that is not there, 2101 and 2102 for its parameters
     */
    static Order order(String verb, String api, Map<String, ?> parameters) {
        List<Operation> candidates = ALL.stream()
                .filter(operation -> operation.verb.equals(verb) && operation.api.equals(api))
                .collect(Collectors.toList());
        if (candidates.isEmpty()) {
            throw new PimsException(ErrorCode.API_NOT_SUPPORTED, null, null);
        }
        Map<String, Object> given = new LinkedHashMap<>();
        if (parameters != null) {
            if (parameters.size() > MOST_PARAMETERS) {
                throw PimsException.invalid("parameters");
            }
            given.putAll(parameters);
        }
        Operation operation = candidates.get(0);
        if (operation.selector != null) {
            Object value = value(given, operation.selector);
            operation = candidates.stream()
                    .filter(candidate -> candidate.selected.equals(value))
                    .findFirst()
                    .orElseThrow(() -> PimsException.invalid(candidates.get(0).selector));
        }
        return new Order(
                operation.method, "/v1/" + api.substring("pims.".length()).replace('.', '/'), operation.body(given));
    }

    private Map<String, String> body(Map<String, Object> given) {
        Map<String, String> body = new LinkedHashMap<>();
        if (selector != null) {
            body.put(selector, selected);
            given.remove(selector);
        }
        required.forEach(name -> body.put(name, text(name, value(given, name))));
        optional.stream()
                .filter(name -> given.get(name) != null)
                .forEach(name -> body.put(name, text(name, given.get(name))));
        given.keySet().removeAll(required);
        given.keySet().removeAll(optional);
        given.forEach((unknown, value) -> {
            throw PimsException.invalid(unknown != null && NAME.matcher(unknown).matches() ? unknown : "parameters");
        });
        return body;
    }

    private static Object value(Map<String, Object> given, String name) {
        Object value = given.get(name);
        if (value == null) {
            throw PimsException.missing(name);
        }
        return value;
    }

    /** Text only: a number has lost its leading zeros. */
    private static String text(String name, Object value) {
        if (!(value instanceof String)
                || !FORMS.getOrDefault(name, TEXT).matcher((String) value).matches()) {
            throw PimsException.invalid(name);
        }
        return (String) value;
    }
}
