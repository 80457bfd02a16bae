package io.pims.authentication.smscode;

import io.pims.authentication.message.ApiException;
import io.pims.authentication.message.ErrorCode;
import io.pims.authentication.ratelimit.Applicant;
import io.pims.authentication.ratelimit.Charge;
import io.pims.authentication.ratelimit.RateLimitHeaders;
import io.pims.authentication.ratelimit.RateLimits;
import io.pims.authentication.transaction.Claim;
import io.pims.authentication.transaction.CodeReference;
import io.pims.authentication.transaction.InFlight;
import io.pims.authentication.transaction.SmsOrder;
import io.pims.authentication.transaction.Transaction;
import io.pims.authentication.transaction.TransactionStatus;
import io.pims.authentication.transaction.Transactions;
import io.pims.authentication.trustedphonenumber.SealedNumber;
import io.pims.authentication.trustedphonenumber.TrustedPhoneNumbers;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Takes requests for codes: one short SQL transaction finds the number, charges the limits, issues the code and records
 * the transaction. What is committed is handed to the dispatcher by an event that carries the {@link Claim}.
 */
@ApplicationScoped
public class SmsCodeRequests {

    private final SmsCodeConfig config;
    private final TrustedPhoneNumbers numbers;
    private final RateLimits limits;
    private final SmsCodes codes;
    private final Transactions transactions;
    private final InFlight inFlight;
    private final Event<Claim> claimed;

    SmsCodeRequests(
            SmsCodeConfig config,
            TrustedPhoneNumbers numbers,
            RateLimits limits,
            SmsCodes codes,
            Transactions transactions,
            InFlight inFlight,
            Event<Claim> claimed) {
        this.config = config;
        this.numbers = numbers;
        this.limits = limits;
        this.codes = codes;
        this.transactions = transactions;
        this.inFlight = inFlight;
        this.claimed = claimed;
    }

    /**
     * Records what is applied for, or finds it by its idempotency key.
     *
     * @return fails with {@link ApiException}: 409 without a number on file, 422 for a key used for something else,
     *     429 over a limit, 503 if the database is away or does not answer in time; then nothing is recorded
     */
    Uni<Acceptance> accept(Application application) {
        AtomicBoolean givenUp = new AtomicBoolean();
        boolean held = inFlight.tryHold(application.caller().requestId());
        CompletableFuture<Acceptance> work = Panache.withTransaction(() -> known(application)
                        .flatMap(known -> known.isPresent()
                                ? Uni.createFrom().item(known.get())
                                : record(application, held, givenUp)))
                .onFailure()
                .recoverWithUni(failure -> recordedMeanwhile(application, failure))
                .onItemOrFailure()
                .invoke((acceptance, failure) -> handOver(application, acceptance))
                .subscribeAsCompletionStage();
        // The copy keeps the timeout from cancelling a SQL transaction half way: it rolls back by itself.
        return Uni.createFrom()
                .completionStage(work.copy())
                .ifNoItem()
                .after(config.patience())
                .recoverWithUni(() -> {
                    givenUp.set(true);
                    return Uni.createFrom().failure(ApiException.databaseAway(null));
                });
    }

    private Uni<Optional<Acceptance>> known(Application application) {
        return application
                .idempotency()
                .map(key -> transactions.replay(application.user(), key).map(found -> found.map(Acceptance::known)))
                .orElse(Uni.createFrom().item(Optional.empty()));
    }

    private Uni<Acceptance> record(Application application, boolean held, AtomicBoolean givenUp) {
        return application
                .newNumber()
                .map(number -> Uni.createFrom().item(number))
                .orElseGet(() -> trustedNumber(application))
                .flatMap(number -> limits.charge(applicant(application, number))
                        .invoke(SmsCodeRequests::refuseIfOverLimit)
                        .flatMap(charge -> order(application, number, charge)
                                .flatMap(order -> transactions.record(
                                        application.caller().requestId(),
                                        order,
                                        application.idempotency(),
                                        charge.at(),
                                        held))
                                .map(claim -> accepted(application, charge, claim))))
                .invoke(() -> {
                    if (givenUp.get()) {
                        throw ApiException.databaseAway(null);
                    }
                });
    }

    private Uni<SealedNumber> trustedNumber(Application application) {
        return numbers.resetsHeldFor(application.user())
                .invoke(held -> held.ifPresent(rest -> {
                    throw ApiException.of(429, ErrorCode.TIMEOUT).retryAfter(rest);
                }))
                .chain(() -> numbers.sealed(application.user()))
                .map(number -> number.orElseThrow(() -> ApiException.missing("trustedphonenumber", 409)));
    }

    private static Applicant applicant(Application application, SealedNumber number) {
        return new Applicant(
                application.user(),
                application.type().text(),
                HexFormat.of().formatHex(number.hash()),
                application.caller().addressHash());
    }

    private static void refuseIfOverLimit(Charge charge) {
        if (!charge.allowed()) {
            throw RateLimitHeaders.refusal(charge.standing());
        }
    }

    private Uni<SmsOrder> order(Application application, SealedNumber number, Charge charge) {
        return codes.issue(
                        application.user(),
                        application.type(),
                        number.hash(),
                        application.caller().requestId(),
                        charge.at())
                .map(code -> new SmsOrder(
                        application.user(),
                        application.type().text(),
                        number.ciphertext(),
                        number.keyId(),
                        number.hash(),
                        Optional.of(new CodeReference(code.id, code.keyId, code.expiresAt)),
                        application.caller().language(),
                        application.caller().driver().brand().orElse("")));
    }

    private static Acceptance accepted(Application application, Charge charge, Optional<Claim> claim) {
        Transaction pending = new Transaction(application.caller().requestId(), TransactionStatus.PENDING, null);
        return new Acceptance(pending, Optional.of(charge), claim);
    }

    /** Two requests with one key at once: the second one is refused by the limits or the key's index, too early. */
    private Uni<Acceptance> recordedMeanwhile(Application application, Throwable failure) {
        return Panache.withSession(() -> known(application))
                .map(known -> known.orElse(null))
                .onItem()
                .ifNull()
                .failWith(failure);
    }

    private void handOver(Application application, Acceptance acceptance) {
        Optional<Claim> claim = acceptance == null ? Optional.empty() : acceptance.claim();
        claim.ifPresentOrElse(
                claimed::fire, () -> inFlight.release(application.caller().requestId()));
    }
}
