package io.pims.authentication.sms.vonage;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import com.vonage.client.common.MessageType;
import com.vonage.client.messages.Channel;
import com.vonage.client.messages.MessageRequest;
import com.vonage.client.messages.MessageResponse;
import com.vonage.client.messages.MessagesVersion;
import com.vonage.client.messages.sms.EncodingType;
import com.vonage.client.messages.sms.OutboundSettings;
import com.vonage.client.messages.sms.SmsTextRequest;
import com.vonage.client.sms.MessageStatus;
import com.vonage.client.sms.SmsSubmissionResponse;
import com.vonage.client.sms.SmsSubmissionResponseMessage;
import io.pims.authentication.configuration.EncryptedAddress;
import io.pims.authentication.sms.SendPermit;
import io.pims.authentication.sms.Sms;
import io.pims.authentication.sms.SmsOutcome;
import io.pims.authentication.sms.SmsSender;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends by an API of Vonage through its SDK: see {@link VonageApi}. The SDK blocks and does not promise that a client
 * may be shared, so there are a fixed number of {@link VonageConnection}s, each made once. A send takes an idle
 * connection or is answered "try later": nothing queues here, the queue is in the database.
 *
 * <p>A call ends within connect timeout plus read timeout. Only the look-up of the host's address can't be interrupted;
 * the caller gets the outcome in time then too, but the connection stays busy until the resolver gives up.
 */
@RegisterForReflection(
        targets = {
            Channel.class,
            EncodingType.class,
            MessageRequest.class,
            MessageResponse.class,
            MessageStatus.class,
            MessageType.class,
            MessagesVersion.class,
            OutboundSettings.class,
            SmsSubmissionResponse.class,
            SmsSubmissionResponseMessage.class,
            SmsTextRequest.class
        })
final class VonageSmsSender implements SmsSender, AutoCloseable {

    /** For the abort to come first: it knows whether the SMS can have left. */
    private static final Duration GRACE = Duration.ofMillis(250);

    private final int concurrency;
    private final boolean configured;
    private final Duration total;
    private final BlockingQueue<VonageConnection> idle;
    private final ExecutorService workers;
    private final ScheduledExecutorService timer;

    /**
     * @param road its name, for its threads
     * @param setting what the names of its settings begin with
     * @throws io.pims.authentication.configuration.WrongSetting if the secret would go over the wire in clear or to the
     *     other API, or half of the account is missing
     */
    VonageSmsSender(String road, String setting, VonageConfig config) {
        SdkLogs.shut();
        config.baseUri().ifPresent(uri -> {
            EncryptedAddress.require(setting + ".base-uri", uri.toString());
            config.api().requireNoOther(setting + ".base-uri", uri);
        });
        Optional<VonageAccount> account = VonageAccount.of(setting, config);
        configured = account.isPresent();
        concurrency = config.clients();
        total = config.connectTimeout().plus(config.readTimeout());
        workers = Executors.newFixedThreadPool(concurrency, named("sms-" + road + "-"));
        timer = timer(road);
        idle = new ArrayBlockingQueue<>(concurrency);
        for (int i = 0; configured && i < concurrency; i++) {
            idle.add(new VonageConnection(config, account.get(), timer));
        }
    }

    @Override
    public Uni<SmsOutcome> send(Sms sms, SendPermit permit) {
        if (!configured) {
            return Uni.createFrom().item(SmsOutcome.misconfigured("no account"));
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

    @Override
    public Duration longestCall() {
        return total;
    }

    /** Lets the calls that are under way end, which takes no longer than one call may. */
    @Override
    public void close() throws InterruptedException, IOException {
        workers.shutdown();
        workers.awaitTermination(total.toMillis(), MILLISECONDS);
        workers.shutdownNow();
        timer.shutdownNow();
        for (VonageConnection connection : idle) {
            connection.close();
        }
    }

    private static ScheduledExecutorService timer(String road) {
        var timer = new ScheduledThreadPoolExecutor(1, named("sms-" + road + "-timer-"));
        // Else a call that ends in time stays in memory until its deadline.
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    private static ThreadFactory named(String prefix) {
        var count = new AtomicInteger();
        return task -> new Thread(task, prefix + count.incrementAndGet());
    }
}
