package io.pims.authentication.proxy;

import io.pims.authentication.input.ListHeader;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The headers in which proxies tell from where a request came. */
public enum ForwardingHeader {

    /** {@code X-Forwarded-For: client, proxy}, as most proxies have it. */
    X_FORWARDED_FOR("X-Forwarded-For") {

        @Override
        Optional<IpAddress> address(String element) {
            return node(element);
        }

        @Override
        Stream<String> protocols(Function<String, List<String>> headers) {
            return ListHeader.elements(headers.apply("X-Forwarded-Proto")).stream();
        }
    },

    /** {@code Forwarded: for=client;proto=https, for="[2001:db8::1]:4711"} (RFC 7239). */
    FORWARDED("Forwarded") {

        @Override
        Optional<IpAddress> address(String element) {
            return parameter(element, "for").flatMap(ForwardingHeader::node);
        }

        @Override
        Stream<String> protocols(Function<String, List<String>> headers) {
            return ListHeader.elements(headers.apply(headerName())).stream()
                    .flatMap(element -> parameter(element, "proto").stream());
        }
    };

    /** In characters; a longer element is not read. */
    private static final int LONGEST_ELEMENT = 512;

    private static final Pattern PARAMETER =
            Pattern.compile("[ \\t]*([A-Za-z]{1,32})=(?:\"([^\"\\\\]{0,255})\"|([^\\s;\"]{0,255}))[ \\t]*(?:;|$)");

    /**
     * RFC 7239, section 6: an address, of IPv6 in brackets, and a port; here also IPv6 without them, as some write it.
     */
    private static final Pattern NODE =
            Pattern.compile("(?:\\[(?<bracketed>[^\\[\\]%]+:[^\\[\\]%]*)(?<zone>%[^\\[\\]]*)?]|(?<v4>[0-9.]+))"
                    + "(?::(?:[0-9]{1,5}|_[A-Za-z0-9._-]+))?|(?<bare>[^\\[\\]%]+:[^\\[\\]%]*)(?:%[^\\[\\]]*)?");

    private final String headerName;

    ForwardingHeader(String headerName) {
        this.headerName = headerName;
    }

    String headerName() {
        return headerName;
    }

    /** Returns the address that an element names; empty if it is malformed, obfuscated, {@code unknown} or a name. */
    abstract Optional<IpAddress> address(String element);

    /** Returns the protocols that clients spoke to the proxies. */
    abstract Stream<String> protocols(Function<String, List<String>> headers);

    /**
     * Returns a parameter of an element of {@code Forwarded}; empty if it is not there once, or the element is
     * malformed.
     */
    private static Optional<String> parameter(String element, String name) {
        if (element.length() > LONGEST_ELEMENT) {
            return Optional.empty();
        }
        Optional<String> value = Optional.empty();
        Matcher parameter = PARAMETER.matcher(element);
        int read = 0;
        while (read < element.length()) {
            if (!parameter.region(read, element.length()).lookingAt()) {
                return Optional.empty();
            }
            read = parameter.end();
            if (parameter.group(1).equalsIgnoreCase(name)) {
                if (value.isPresent()) {
                    return Optional.empty();
                }
                value = Optional.of(parameter.group(2) == null ? parameter.group(3) : parameter.group(2));
            }
        }
        return value;
    }

    private static Optional<IpAddress> node(String text) {
        Matcher node = NODE.matcher(text);
        return text.length() <= LONGEST_ELEMENT && node.matches()
                ? Stream.of("bracketed", "v4", "bare")
                        .flatMap(group -> Optional.ofNullable(node.group(group)).stream())
                        .findFirst()
                        .flatMap(IpAddress::of)
                : Optional.empty();
    }
}
