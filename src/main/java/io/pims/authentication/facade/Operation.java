package io.pims.authentication.facade;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * One thing that can be asked for.
 *
 * @param verb {@code get} or {@code set}
 * @param api its name
 * @param method of HTTP
 * @param selector the parameter that tells the operations of a verb and an API apart; null where there is one only
 * @param selected its value for this one
 * @param required the other parameters, in the order in which a missing one is told
 * @param optional parameters that may be left out
 */
record Operation(
        String verb,
        String api,
        String method,
        String selector,
        String selected,
        List<String> required,
        List<String> optional) {

    private static final String SMSCODE = "pims.authentication.smscode";
    private static final String PINCODE = "pims.authentication.pincode";

    private static final List<Operation> ALL = List.of(
            new Operation("get", SMSCODE, "POST", "type", "resetPIN", List.of(), List.of()),
            new Operation(
                    "get", SMSCODE, "POST", "type", "phoneNumberCertification", List.of("phoneNumber"), List.of()),
            new Operation(
                    "set", SMSCODE, "PUT", "action", "addPhoneNumber", List.of("phoneNumber", "smsCode"), List.of()),
            new Operation(
                    "set",
                    SMSCODE,
                    "PUT",
                    "action",
                    "modifyPhoneNumber",
                    List.of("phoneNumber", "smsCode"),
                    List.of("pinCode")),
            new Operation("set", PINCODE, "PUT", "action", "reset", List.of("smsCode", "pinCode"), List.of()),
            new Operation("set", PINCODE, "PUT", "action", "update", List.of("oldPIN", "newPIN"), List.of()),
            new Operation("get", "pims.authentication.trustedphonenumber", "GET", null, null, List.of(), List.of()),
            new Operation("get", "pims.authentication.account", "GET", null, null, List.of(), List.of()));

    private static final int MOST_PARAMETERS = 16;
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,63}");
    private static final Pattern TEXT = Pattern.compile("[^\\p{Cntrl}]{1,64}");
    /** How else numbers and codes may be written, as people paste them, is the service's to say. */
    private static final Map<String, Pattern> FORMS = Map.of(
            "phoneNumber", Pattern.compile("(?s).{1,64}"),
            "smsCode", Pattern.compile("(?s)(?=.{6,32}\\z)[^\\p{L}\\p{Nd}]*(?:\\p{Nd}[^\\p{L}\\p{Nd}]*){6}"),
            "pinCode", Pattern.compile("[0-9]{1,12}"),
            "oldPIN", Pattern.compile("[0-9]{1,12}"),
            "newPIN", Pattern.compile("[0-9]{1,12}"));

    /**
     * Checks all that can be checked without the service.
     *
     * @throws PimsException 2002 for an API that is not there, 2101 and 2102 for its parameters
     */
    static Order order(String verb, String api, Map<String, ?> parameters) {
        List<Operation> candidates = ALL.stream()
                .filter(operation -> operation.verb.equals(verb) && operation.api.equals(api))
                .toList();
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
            Object selected = value(given, operation.selector);
            operation = candidates.stream()
                    .filter(candidate -> candidate.selected.equals(selected))
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
        if (!(value instanceof String text)
                || !FORMS.getOrDefault(name, TEXT).matcher(text).matches()) {
            throw PimsException.invalid(name);
        }
        return text;
    }
}
