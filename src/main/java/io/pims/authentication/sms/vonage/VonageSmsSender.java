package io.pims.authentication.sms.vonage;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import com.vonage.client.sms.MessageStatus;
import com.vonage.client.sms.SmsSubmissionResponse;
import com.vonage.client.sms.SmsSubmissionResponseMessage;
import io.pims.authentication.configuration.EncryptedAddress;
import io.pims.authentication.sms.Brands;
import io.pims.authentication.sms.SendPermit;
import io.pims.authentication.sms.Sms;
import io.pims.authentication.sms.SmsOutcome;
import io.pims.authentication.sms.SmsSender;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * Sends by the <a href="https://developer.vonage.com/en/api/sms">SMS API</a> of Vonage through its SDK. The SDK blocks
 * and does not promise that a client may be shared, so there are a fixed number of {@link VonageConnection}s, each made
 * once. A send takes an idle connection or is answered "try later": nothing queues here, the queue is in the database.
 *
 * <p>A call ends within connect timeout plus read timeout. Only the look-up of the host's address can't be interrupted;
 * the caller gets the outcome in time then too, but the connection stays busy until the resolver gives up.
 */
@Startup
@ApplicationScoped
@RegisterForReflection(targets = {SmsSubmissionResponse.class, SmsSubmissionResponseMessage.class, MessageStatus.class})
public class VonageSmsSender implements SmsSender {

    private static final Logger LOG = Logger.getLogger(VonageSmsSender.class);

    /** For the abort to come first: it knows whether the SMS can have left. */
    private static final Duration GRACE = Duration.ofMillis(250);

    private final int concurrency;
    private final boolean configured;
    private final Duration total;
    private final BlockingQueue<VonageConnection> idle;
    private final ExecutorService workers;
    private final ScheduledExecutorService timer;

    /** @throws io.pims.authentication.configuration.WrongSetting if the secret would go over the wire in clear */
    public VonageSmsSender(VonageConfig config, Brands brands) {
        SdkLogs.shut();
        EncryptedAddress.require("pims.sms.vonage.base-uri", config.baseUri().toString());
        boolean hasAccount = config.apiKey().isPresent() && config.apiSecret().isPresent();
        configured = hasAccount
                && brands.all().stream().allMatch(brand -> brand.sender().isPresent());
        if (!configured) {
            LOG.warn("No SMS can be sent, requests for a code are refused with 2006: set pims.sms.vonage.api-key,"
                    + " pims.sms.vonage.api-secret, and pims.sms.sender or one for each brand");
        }
        concurrency = config.clients();
        total = config.connectTimeout().plus(config.readTimeout());
        workers = Executors.newFixedThreadPool(concurrency, named("sms-vonage-"));
        timer = timer();
        idle = new ArrayBlockingQueue<>(concurrency);
        for (int i = 0; hasAccount && i < concurrency; i++) {
            idle.add(new VonageConnection(config, timer));
        }
    }

    @Override
    public Uni<SmsOutcome> send(Sms sms, SendPermit permit) {
        if (!configured) {
            return Uni.createFrom().item(SmsOutcome.misconfigured("no account or sender"));
        }
        return Uni.createFrom()
                .<SmsOutcome>emitter(emitter -> onIdleConnection(sms, permit, emitter))
                .ifNoItem()
                .after(total.plus(GRACE))
                .recoverWithItem(SmsOutcome.unreachable("no address in time"));
    }

    private void onIdleConnection(Sms sms, SendPermit permit, UniEmitter<? super SmsOutcome> emitter) {
        VonageConnection connection = idle.poll();
        if (connection == null) {
            emitter.complete(SmsOutcome.tryLater("all clients busy"));
            return;
        }
        try {
            workers.execute(() -> {
                SmsOutcome outcome = SmsOutcome.fault("error");
                try {
                    outcome = connection.send(sms, permit);
                } finally {
                    // Before the outcome is told, so that whoever waits for it to send the next one finds a connection.
                    idle.add(connection);
                    emitter.complete(outcome);
                }
            });
        } catch (RejectedExecutionException shuttingDown) {
            idle.add(connection);
            emitter.complete(SmsOutcome.tryLater("shutting down"));
        }
    }

    @Override
    public boolean configured() {
        return configured;
    }

    @Override
    public int concurrency() {
        return concurrency;
    }

    /** Lets the calls that are under way end, which takes no longer than one call may. */
    @PreDestroy
    void close() throws InterruptedException, IOException {
        workers.shutdown();
        workers.awaitTermination(total.toMillis(), MILLISECONDS);
        workers.shutdownNow();
        timer.shutdownNow();
        for (VonageConnection connection : idle) {
            connection.close();
        }
    }

    private static ScheduledExecutorService timer() {
        var timer = new ScheduledThreadPoolExecutor(1, named("sms-vonage-timer-"));
        // Else a call that ends in time stays in memory until its deadline.
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    private static ThreadFactory named(String prefix) {
        var count = new AtomicInteger();
        return task -> new Thread(task, prefix + count.incrementAndGet());
    }
}
