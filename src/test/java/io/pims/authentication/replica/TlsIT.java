package io.pims.authentication.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.pims.authentication.sandbox.FreePort;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replica that ends TLS itself, by configuration alone as the page about running it says. */
class TlsIT {

    @TempDir
    private static Path folder;

    private static final int PORT = FreePort.find();
    private static final URI ACCOUNT = URI.create("https://localhost:" + PORT + "/v1/authentication/account");

    private static Installation installation;
    private static Replica replica;
    private static IssuedCertificate first;

    @BeforeAll
    static void start() throws IOException, InterruptedException, GeneralSecurityException {
        first = IssuedCertificate.selfSigned("first");
        first.write(folder);
        installation = new Installation(TlsIT.class);
        replica = installation
                .launch(Map.of(
                        "quarkus.tls.https.key-store.pem.tls.cert",
                        folder.resolve("tls.crt").toString(),
                        "quarkus.tls.https.key-store.pem.tls.key",
                        folder.resolve("tls.key").toString(),
                        "quarkus.tls.https.reload-period",
                        "1s",
                        "quarkus.http.tls-configuration-name",
                        "https",
                        "quarkus.http.insecure-requests",
                        "disabled",
                        "quarkus.http.ssl-port",
                        Integer.toString(PORT)))
                .awaitReady();
    }

    @AfterAll
    static void stop() {
        installation.close();
    }

    @Test
    void it_answers_by_TLS_1_3_and_tells_browsers_to_stay_there() throws Exception {
        HttpResponse<String> answer = ask(first);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
        assertThat(answer.headers().firstValue("Strict-Transport-Security")).hasValue("max-age=31536000");
    }

    @Test
    void plain_HTTP_is_not_there() {
        assertThatThrownBy(() -> new RawConnection(URI.create(replica.address())))
                .isInstanceOf(ConnectException.class);
    }

    @Test
    void a_renewed_certificate_is_served_without_a_restart() throws Exception {
        IssuedCertificate second = IssuedCertificate.selfSigned("second");
        assertThatThrownBy(() -> ask(second)).isInstanceOf(SSLHandshakeException.class);

        second.write(folder);

        try {
            await().ignoreException(SSLHandshakeException.class)
                    .untilAsserted(() -> assertThat(subject(ask(second))).isEqualTo("CN=second"));
            assertThat(replica.isReady()).isTrue();
        } finally {
            first.write(folder);
            await().ignoreException(SSLHandshakeException.class)
                    .untilAsserted(() -> assertThat(subject(ask(first))).isEqualTo("CN=first"));
        }
    }

    /** By somebody who trusts that certificate alone, over a new connection. */
    private static HttpResponse<String> ask(IssuedCertificate trusted)
            throws IOException, InterruptedException, GeneralSecurityException {
        HttpClient client =
                HttpClient.newBuilder().sslContext(trusted.trusting()).build();
        return client.send(HttpRequest.newBuilder(ACCOUNT).build(), BodyHandlers.ofString());
    }

    private static String subject(HttpResponse<?> answer) throws IOException {
        X509Certificate certificate =
                (X509Certificate) answer.sslSession().orElseThrow().getPeerCertificates()[0];
        return certificate.getSubjectX500Principal().getName();
    }
}
