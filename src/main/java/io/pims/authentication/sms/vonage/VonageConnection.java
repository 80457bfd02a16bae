package io.pims.authentication.sms.vonage;

import com.vonage.client.HttpConfig;
import com.vonage.client.VonageClient;
import com.vonage.client.sms.SmsClient;
import com.vonage.client.sms.messages.TextMessage;
import io.pims.authentication.sms.SendPermit;
import io.pims.authentication.sms.Sms;
import io.pims.authentication.sms.SmsOutcome;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.config.ConnectionConfig;
import org.apache.http.config.MessageConstraints;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClientBuilder;
import org.apache.http.impl.conn.PoolingHttpClientConnectionManager;
import org.apache.http.impl.execchain.ClientExecChain;

/** An SDK client on a connection of its own, for one SMS at a time. */
final class VonageConnection implements AutoCloseable {

    /** The API takes 20 s to 7 days. It advises 30 minutes and more, but a code lives for 10. */
    private static final long SHORTEST_TTL_MILLIS = 20_000;

    /** Less than load balancers commonly grant an idle connection, so that a send seldom meets a dead one. */
    private static final int CONNECTION_LIFE_SECONDS = 30;

    private final PermitCheck permitCheck;
    private final CloseableHttpClient http;
    private final SmsClient client;

    /** @param timer aborts calls; not closed with this */
    VonageConnection(VonageConfig config, ScheduledExecutorService timer) {
        permitCheck = new PermitCheck(config.readTimeout());
        http = http(config, timer, permitCheck);
        client = vonage(config, http).getSmsClient();
    }

    SmsOutcome send(Sms sms, SendPermit permit) {
        permitCheck.use(permit);
        try {
            return VonageOutcomes.of(client.submitMessage(text(sms)));
        } catch (RuntimeException e) {
            return VonageOutcomes.of(e);
        }
    }

    /** Message type "text" is the GSM alphabet; the number goes without the plus sign of E.164. */
    private static TextMessage text(Sms sms) {
        var text = new TextMessage(sms.from(), sms.to().replaceFirst("^\\+", ""), sms.text());
        text.setClientReference(sms.clientRef());
        text.setTimeToLive(Math.max(SHORTEST_TTL_MILLIS, sms.timeToLive().toMillis()));
        return text;
    }

    /** The builder's setter is deprecated, but nothing else bounds a call as a whole or tells the HTTP status. */
    @SuppressWarnings("deprecation")
    private static VonageClient vonage(VonageConfig config, CloseableHttpClient http) {
        return VonageClient.builder()
                .apiKey(config.apiKey().orElseThrow())
                .apiSecret(config.apiSecret().orElseThrow())
                .httpConfig(HttpConfig.builder()
                        .restBaseUri(config.baseUri().toString())
                        .build())
                .httpClient(http)
                .build();
    }

    /** Retries, redirects, cookies: off, the caller owns the first and the others have no place in this API. */
    private static CloseableHttpClient http(
            VonageConfig config, ScheduledExecutorService timer, PermitCheck permitCheck) {
        Duration total = config.connectTimeout().plus(config.readTimeout());
        var bounded = new HttpClientBuilder() {
            @Override
            protected ClientExecChain decorateProtocolExec(ClientExecChain exchange) {
                return new BoundedExchange(exchange, total, timer);
            }
        };
        int connectMillis = Math.toIntExact(config.connectTimeout().toMillis());
        return bounded.setConnectionManager(connections())
                .setRequestExecutor(permitCheck)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(connectMillis)
                        .setConnectTimeout(connectMillis)
                        .setSocketTimeout(Math.toIntExact(config.readTimeout().toMillis()))
                        .build())
                .useSystemProperties()
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .build();
    }

    private static PoolingHttpClientConnectionManager connections() {
        var connections = new PoolingHttpClientConnectionManager(CONNECTION_LIFE_SECONDS, TimeUnit.SECONDS);
        connections.setMaxTotal(1);
        connections.setDefaultMaxPerRoute(1);
        connections.setValidateAfterInactivity(1);
        connections.setDefaultConnectionConfig(ConnectionConfig.custom()
                .setMessageConstraints(MessageConstraints.custom()
                        .setMaxHeaderCount(100)
                        .setMaxLineLength(8192)
                        .build())
                .build());
        return connections;
    }

    @Override
    public void close() throws IOException {
        http.close();
    }
}
