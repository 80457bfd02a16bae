package io.pims.authentication.monitoring;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Looks for many secrets in much text at once. */
final class SecretScan {

    /** Six digits are no code where they are a part of something longer, such as an id or a time. */
    private static final Pattern CODE = Pattern.compile("(?<![0-9A-Za-z.,:+-])[0-9]{6}(?![0-9A-Za-z.,:-])");

    private static final Pattern NUMBER = Pattern.compile("(?<![0-9A-Za-z.-])\\+?[0-9]{9,15}(?![0-9A-Za-z-])");
    private static final Pattern SIGNATURE = Pattern.compile("[\\w-]{40,}");
    private static final int DIGITS = 9;

    private final Set<String> codes = new HashSet<>();
    private final Set<String> numbers = new HashSet<>();
    private final Set<String> signatures = new HashSet<>();

    /** @param secrets tokens with their dots, numbers of nine digits and more, codes and PINs of six */
    SecretScan(Collection<String> secrets) {
        secrets.forEach(secret -> {
            String digits = secret.replaceAll("[^0-9]", "");
            if (secret.contains(".")) {
                signatures.add(secret.substring(secret.lastIndexOf('.') + 1));
            } else if (digits.length() >= DIGITS) {
                numbers.add(end(digits));
            } else if (digits.length() == 6) {
                codes.add(digits);
            }
        });
    }

    /** Of each kind, in this order: codes and PINs, numbers, tokens. */
    List<Integer> sizes() {
        return List.of(codes.size(), numbers.size(), signatures.size());
    }

    /** A secret that the line holds. */
    Optional<String> in(String line) {
        return Stream.of(
                        matches(CODE, line).filter(codes::contains),
                        // However a number is written, its last digits are the same.
                        matches(NUMBER, line).filter(number -> numbers.contains(end(number))),
                        matches(SIGNATURE, line).filter(signatures::contains))
                .flatMap(found -> found)
                .findFirst();
    }

    private static Stream<String> matches(Pattern pattern, String line) {
        return pattern.matcher(line).results().map(match -> match.group());
    }

    private static String end(String digits) {
        return digits.substring(digits.length() - DIGITS);
    }
}
