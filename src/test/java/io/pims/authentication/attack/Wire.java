package io.pims.authentication.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says to the service, byte by byte, what no HTTP client would say. */
final class Wire {

    private static final int LONGEST_SILENCE_MS = 20_000;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3}) [^\r\n]*\r\n");

    private final URI service;

    Wire(URI service) {
        this.service = service;
    }

    /** Each byte that came back until the service closed the connection, as a character. */
    record Reply(String text) {

        /** The status of each answer in it, in their order; 100 Continue is none. */
        List<Integer> statuses() {
            List<Integer> statuses = new ArrayList<>();
            Matcher line = STATUS.matcher(text);
            while (line.find()) {
                int status = Integer.parseInt(line.group(1));
                if (status != 100) {
                    statuses.add(status);
                }
            }
            return statuses;
        }

        /** Headers of the first answer, by their names in lower case; those of one name are joined. */
        Map<String, String> headers() {
            Map<String, String> headers = new TreeMap<>();
            String head = text.substring(0, Math.max(0, text.indexOf("\r\n\r\n")));
            head.lines().skip(1).forEach(line -> {
                int colon = line.indexOf(':');
                headers.merge(
                        colon < 0 ? line : line.substring(0, colon).toLowerCase(java.util.Locale.ROOT),
                        colon < 0 ? "" : line.substring(colon + 1).strip(),
                        (one, other) -> one + ", " + other);
            });
            return headers;
        }

        String body() {
            int end = text.indexOf("\r\n\r\n");
            return end < 0 ? "" : text.substring(end + 4);
        }
    }

    /** @param bytes what is sent, each character a byte; the service is expected to close the connection */
    Reply say(String bytes) {
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        try (Socket socket = new Socket(service.getHost(), service.getPort())) {
            socket.setSoTimeout(LONGEST_SILENCE_MS);
            try {
                socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
                InputStream in = socket.getInputStream();
                for (int next = in.read(); next >= 0; next = in.read()) {
                    heard.write(next);
                }
            } catch (SocketException closedBeforeAllWasSaid) {
                // What came before counts.
            }
            return new Reply(heard.toString(ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException("after " + heard.toString(ISO_8859_1), e);
        }
    }
}
