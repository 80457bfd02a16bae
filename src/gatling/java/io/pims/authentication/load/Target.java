package io.pims.authentication.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The service under load and where its tokens are from.
 *
 * @param service base URL
 * @param tokens where tokens are asked for: {@code GET ?user=NAME}, or OAuth 2.0 if there is a file of users
 * @param sandbox base of the sandbox's calls; empty where there is none, and with it neither drivers at will, nor the SMS,
 *     nor a provider that misbehaves
 * @param users CSV of users and passwords
 * @param process what runs for the sake of this target; does nothing for one that was there before
 */
record Target(URI service, URI tokens, Optional<URI> sandbox, Optional<Path> users, AutoCloseable process) {

    private static final String TOKEN = "/token";
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Everything embedded if no {@code pims.url} is given. */
    static Target fromParameters() {
        Optional<URI> service = Parameters.url("pims.url");
        Optional<URI> tokens = Parameters.url("pims.token-url");
        Optional<Path> users = Parameters.text("pims.users").map(Path::of);
        if (service.isEmpty()) {
            if (tokens.isPresent() || users.isPresent()) {
                throw new BadParameter("-Dpims.token-url and -Dpims.users go with -Dpims.url");
            }
            Embedded embedded = Embedded.start();
            return new Target(
                    embedded.service(),
                    URI.create(embedded.sandbox() + TOKEN),
                    Optional.of(embedded.sandbox()),
                    users,
                    embedded);
        }
        if (users.isPresent() && tokens.isEmpty()) {
            throw new BadParameter("-Dpims.users needs -Dpims.token-url, an OAuth 2.0 token endpoint");
        }
        URI source = tokens.orElseGet(() -> URI.create(service.get() + "/sandbox" + TOKEN));
        if (users.isEmpty() && !source.getPath().endsWith(TOKEN)) {
            throw new BadParameter(
                    "-Dpims.token-url without -Dpims.users ends in " + TOKEN + ", as the sandbox's does");
        }
        Optional<URI> sandbox = users.isPresent()
                ? Optional.empty()
                : Optional.of(URI.create(
                        source.toString().substring(0, source.toString().length() - TOKEN.length())));
        Target target = new Target(service.get(), source, sandbox, users, () -> {});
        target.mustAnswer();
        return target;
    }

    /** For simulations that read the SMS or tell the provider what to do. */
    URI requireSandbox() {
        return sandbox.orElseThrow(
                () -> new BadParameter("This simulation needs the sandbox's calls (to read the SMS, to"
                        + " make the provider misbehave): run it embedded, or against dev mode without -Dpims.users"));
    }

    private void mustAnswer() {
        HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
        URI ready = URI.create(service + "/v1/authentication/account");
        int status = status(http, ready);
        if (status != 401) {
            throw new BadParameter("-Dpims.url: " + ready + " answered " + status
                    + " and not 401 to a request without a" + " token; is it this service, and is it ready?");
        }
        URI one = users.isPresent() ? tokens : URI.create(tokens + "?user=" + Drivers.nextName());
        int token = status(http, one);
        if (users.isEmpty() && token != 200) {
            throw new BadParameter("-Dpims.token-url: GET " + one + " answered " + token + " and not 200 with a token");
        }
    }

    private static int status(HttpClient http, URI url) {
        try {
            HttpResponse<Void> answer =
                    http.send(HttpRequest.newBuilder(url).timeout(PATIENCE).build(), BodyHandlers.discarding());
            return answer.statusCode();
        } catch (IOException e) {
            throw new BadParameter("Nothing answers at " + url + " within " + PATIENCE.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
