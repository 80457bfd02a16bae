package io.pims.authentication.sms.vonage;

import com.vonage.client.HttpConfig;
import com.vonage.client.VonageClient;
import io.pims.authentication.sms.SendPermit;
import io.pims.authentication.sms.Sms;
import io.pims.authentication.sms.SmsOutcome;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.config.ConnectionConfig;
import org.apache.http.config.MessageConstraints;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClientBuilder;
import org.apache.http.impl.conn.PoolingHttpClientConnectionManager;
import org.apache.http.impl.execchain.ClientExecChain;

/** An SDK client on a connection of its own, for one SMS at a time. */
final class VonageConnection implements AutoCloseable {

    /** Less than load balancers commonly grant an idle connection, so that a send seldom meets a dead one. */
    private static final int CONNECTION_LIFE_SECONDS = 30;

    private final PermitCheck permitCheck;
    private final CloseableHttpClient http;
    private final Function<Sms, SmsOutcome> sender;

    /** @param timer aborts calls; not closed with this */
    VonageConnection(VonageConfig config, VonageAccount account, ScheduledExecutorService timer) {
        permitCheck = new PermitCheck(config.readTimeout());
        http = http(config, timer, permitCheck);
        sender = config.api().sender(vonage(config, account, http));
    }

    SmsOutcome send(Sms sms, SendPermit permit) {
        permitCheck.use(permit);
        try {
            return sender.apply(sms);
        } catch (RuntimeException e) {
            return VonageOutcomes.of(e);
        }
    }

    /** The builder's setter is deprecated, but nothing else bounds a call as a whole or tells the HTTP status. */
    @SuppressWarnings("deprecation")
    private static VonageClient vonage(VonageConfig config, VonageAccount account, CloseableHttpClient http) {
        URI baseUri = config.baseUri().orElse(config.api().baseUri());
        return account.authenticate(VonageClient.builder())
                .httpConfig(HttpConfig.builder().baseUri(baseUri).build())
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
                return new BoundedExchange(exchange, config.api(), total, timer);
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
