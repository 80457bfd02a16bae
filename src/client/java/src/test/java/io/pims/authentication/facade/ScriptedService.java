package io.pims.authentication.facade;

import io.pims.authentication.ScriptedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

/** A service that gives its answers in turn, and the last one for ever. */
final class ScriptedService extends ScriptedServer {

    static final String ID = "0190a3c2-7e1f-7b1c-9d2e-4f5a6b7c8d9e";

    ScriptedService(Answer... answers) throws IOException {
        this(new ConcurrentLinkedDeque<>(Arrays.asList(answers)));
    }

    private ScriptedService(Deque<Answer> answers) throws IOException {
        super(() -> {
            synchronized (answers) {
                return answers.size() > 1 ? answers.pop() : answers.peek();
            }
        });
    }

    static Answer pending() {
        return http("202 Accepted", envelope("PENDING", "\"result\":null"));
    }

    static Answer succeeded() {
        return http("200 OK", envelope("SUCCEEDED", "\"result\":null"));
    }

    static Answer failed(String statusLine, int code, String label) {
        return http(statusLine, envelope("FAILED", error(code, label)));
    }

    static String error(int code, String label) {
        return "\"error\":{\"code\":" + code + ",\"label\":\"" + label + "\"}";
    }

    static String envelope(String status, String rest) {
        return "{\"transactionId\":\"" + ID + "\",\"status\":\"" + status + "\"," + rest + "}";
    }

    /** Writes for ever, and tells when the client has closed the connection. */
    static Answer untilClosed(Runnable closed) {
        return (out, self) -> {
            try {
                while (true) {
                    out.write(' ');
                    out.flush();
                }
            } finally {
                closed.run();
            }
        };
    }

    static Answer drip(String head) {
        return drip(head, Duration.ofMillis(10));
    }

    static URI nobody() throws IOException {
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return URI.create("http://127.0.0.1:" + closed.getLocalPort());
        }
    }

    /** Settings that make a test quick. */
    ConfigurationBuilder client() {
        return client(uri());
    }

    static ConfigurationBuilder client(URI service) {
        return Configuration.builder()
                .service(service)
                .token(() -> "token")
                .pollingBudget(Duration.ofSeconds(30))
                .patience(Duration.ofMillis(300))
                .pause(Duration.ofMillis(1));
    }
}
