package io.pims.authentication.facade;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The facade. Asks the service by an API's name and a map of parameters, and hands the final message to one callback:
 *
 * <pre>{@code
 * Pims pims = new Pims();
 * pims.initialize(Configuration.builder()
 *         .service(URI.create("https://pims.example"))
 *         .token(login::freshToken)
 *         .build());
 * pims.get("pims.authentication.smscode", Collections.singletonMap("type", "resetPIN"), message -> {
 *     if (message.get("status").equals("SUCCEEDED")) { ... }
 * });
 * }</pre>
 *
 * <table>
 * <caption>What can be asked for; all values are text</caption>
 * <tr><th></th><th>API, after {@code pims.authentication.}</th><th>parameters</th></tr>
 * <tr><td>get</td><td>smscode</td><td>type: resetPIN</td></tr>
 * <tr><td>get</td><td>smscode</td><td>type: phoneNumberCertification, phoneNumber</td></tr>
 * <tr><td>set</td><td>smscode</td><td>action: addPhoneNumber, phoneNumber, smsCode</td></tr>
 * <tr><td>set</td><td>smscode</td><td>action: modifyPhoneNumber, phoneNumber, smsCode[, pinCode]</td></tr>
 * <tr><td>get</td><td>trustedphonenumber</td><td>none; result.phoneNumber</td></tr>
 * <tr><td>set</td><td>pincode</td><td>action: reset, smsCode, pinCode</td></tr>
 * <tr><td>set</td><td>pincode</td><td>action: update, oldPIN, newPIN</td></tr>
 * <tr><td>get</td><td>account</td><td>none; result.isAccountBlocked, a Boolean</td></tr>
 * </table>
 *
 * <p>Each call ends with exactly one callback, unless it was cancelled before. Nothing is thrown for what goes wrong: it
 * is a message with status FAILED, its codes as told by the package. Where the service has not given a transaction id,
 * the message carries one of the facade's own, for {@code get smscode} the one that was sent as
 * {@code Idempotency-Key}.
 *
 * <p>Safe to share between threads; no method blocks. Callbacks run on the configured executor, after the release on the
 * last one. Before there is any, by default, and if it refuses, they run on one daemon thread of this object's, which ends
 * a second after it has nothing to do.
 */
public final class Pims {

    private final Executor ownThread = ownThread();
    private final LongSupplier clock;
    /** Of the last configuration: they are the application's also for what is asked after the release. */
    private volatile Executor callbacks = ownThread;

    private volatile Session session;

    /** One that is not initialised. */
    public Pims() {
        this(System::nanoTime);
    }

    /** @param clock as {@link RunningTime} wants it */
    Pims(LongSupplier clock) {
        this.clock = clock;
    }

    /**
     * Makes the facade ready. Connects to nothing yet.
     *
     * @param configuration where the service is, and for whom it is asked
     * @throws PimsException 2006 without a configuration, 2007 if it is initialised and has not been released
     */
    public synchronized void initialize(Configuration configuration) {
        if (session != null) {
            throw new PimsException(ErrorCode.ALREADY_INITIALIZED, null, null);
        }
        Settings.present("configuration", configuration);
        callbacks = Optional.ofNullable(configuration.callbacks()).orElse(ownThread);
        session = new Session(configuration, callbacks, ownThread, clock);
    }

    /**
     * The same from settings by name, see {@link Configuration#of}.
     *
     * @param settings by name
     * @throws PimsException 2006 or 2007
     */
    public void initialize(Map<String, ?> settings) {
        initialize(Configuration.of(settings));
    }

    /**
     * Ends all calls under way with 2001, closes the connections and lets all threads go, without waiting: they end
     * within about a second, or when a token supplier that does not heed interruption returns. Does nothing if the
     * facade is not initialised. It may be initialised again afterwards.
     */
    public void release() {
        Session released;
        synchronized (this) {
            released = session;
            session = null;
        }
        if (released != null) {
            // Not inside the lock: callbacks may run here if their executor is Runnable::run.
            released.close();
        }
    }

    /**
     * Reads or asks for something.
     *
     * @param api such as {@code pims.authentication.smscode}
     * @param parameters read before this method returns; null for none
     * @param callback gets the message
     * @return to give the call up by
     */
    public Call get(String api, Map<String, ?> parameters, Callback callback) {
        return call("get", api, parameters, callback);
    }

    /**
     * Changes something. It is not repeated once the service may have got it: after 2201 or 2202 it may have been done.
     *
     * @param api such as {@code pims.authentication.pincode}
     * @param parameters read before this method returns; null for none
     * @param callback gets the message
     * @return to give the call up by
     */
    public Call set(String api, Map<String, ?> parameters, Callback callback) {
        return call("set", api, parameters, callback);
    }

    /**
     * As {@link #get(String, Map, Callback)}.
     *
     * @return completed with the message where the callback would be called, never exceptionally by the facade.
     *     Cancelling its {@code toCompletableFuture()}, or completing it otherwise, gives the call up
     */
    public CompletionStage<Map<String, Object>> get(String api, Map<String, ?> parameters) {
        return stage("get", api, parameters);
    }

    /**
     * As {@link #set(String, Map, Callback)}.
     *
     * @return as that of {@link #get(String, Map)}
     */
    public CompletionStage<Map<String, Object>> set(String api, Map<String, ?> parameters) {
        return stage("set", api, parameters);
    }

    private CompletionStage<Map<String, Object>> stage(String verb, String api, Map<String, ?> parameters) {
        CompletableFuture<Map<String, Object>> message = new CompletableFuture<>();
        Call call = call(verb, api, parameters, message::complete);
        message.whenComplete((ended, otherwise) -> call.cancel());
        return message;
    }

    private Call call(String verb, String api, Map<String, ?> parameters, Callback callback) {
        Objects.requireNonNull(callback, "callback");
        Session current = session;
        if (current == null) {
            PendingCall refused = new PendingCall(callback, callbacks, ownThread);
            refused.end(ErrorCode.NOT_INITIALIZED.message(UUID.randomUUID().toString()));
            return refused;
        }
        PendingCall call = current.pending(callback);
        try {
            current.start(call, Operation.order(verb, api, parameters));
        } catch (PimsException refusal) {
            call.end(refusal.message(UUID.randomUUID().toString()));
        }
        return call;
    }

    private static Executor ownThread() {
        ThreadPoolExecutor one = new ThreadPoolExecutor(
                1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Threads.named("pims-facade-callbacks"));
        one.allowCoreThreadTimeOut(true);
        return one;
    }
}
