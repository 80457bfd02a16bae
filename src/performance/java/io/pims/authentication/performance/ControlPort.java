package io.pims.authentication.performance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** Where a process of an experiment, on this machine, takes commands and questions. */
public final class ControlPort {

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port;

    public ControlPort(int port) {
        this.port = port;
    }

    /**
     * @param path with its query
     * @return the text of the answer
     */
    public String ask(String path) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .build();
            return http.send(request, BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
