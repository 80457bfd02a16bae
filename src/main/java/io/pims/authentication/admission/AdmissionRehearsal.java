package io.pims.authentication.admission;

import io.pims.authentication.caller.Caller;
import io.pims.authentication.code.SmsCodeType;
import io.pims.authentication.database.Coalescer;
import io.pims.authentication.driver.Driver;
import io.pims.authentication.http.RequestIds;
import io.pims.authentication.readiness.Rehearsal;
import io.pims.authentication.transaction.Deadline;
import io.pims.authentication.transaction.TransactionConfig;
import io.pims.authentication.trustedphonenumber.NumberVault;
import io.pims.authentication.trustedphonenumber.PhoneNumbers;
import io.quarkus.arc.Unremovable;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/** Admits a small batch of made-up drivers, each of whom has never been there before, and rolls the SQL transaction back. */
@Singleton
@Unremovable
class AdmissionRehearsal implements Rehearsal {

    private static final int DRIVERS = 4;

    private static final String LANGUAGE = "en";

    private final AdmissionTransaction transaction;
    private final TransactionConfig transactions;
    private final PhoneNumbers phoneNumbers;
    private final NumberVault vault;
    private final RequestIds requestIds;
    private final Executor contexts;

    AdmissionRehearsal(
            AdmissionTransaction transaction,
            TransactionConfig transactions,
            PhoneNumbers phoneNumbers,
            NumberVault vault,
            RequestIds requestIds,
            Vertx vertx) {
        this.transaction = transaction;
        this.transactions = transactions;
        this.phoneNumbers = phoneNumbers;
        this.vault = vault;
        this.requestIds = requestIds;
        this.contexts = Coalescer.onFreshContexts(vertx);
    }

    @Override
    public Uni<Void> once() {
        List<QueuedRequest> requests =
                Stream.generate(this::request).limit(DRIVERS).toList();
        return Uni.createFrom()
                .deferred(() -> transaction.rehearse(requests))
                .runSubscriptionOn(contexts)
                .onItem()
                .delayIt()
                .by(PAUSE);
    }

    private QueuedRequest request() {
        Driver driver = new Driver("rehearsal-" + UUID.randomUUID(), Optional.empty(), Optional.empty());
        Caller caller = new Caller(driver, requestIds.generate(), LANGUAGE, Optional.empty(), Optional.empty());
        CodeRequest asked = new CodeRequest(
                caller,
                SmsCodeType.PHONE_NUMBER_CERTIFICATION,
                phoneNumbers
                        .read(phoneNumbers.example(), driver.region())
                        .map(number -> vault.seal(number, driver.user())),
                Optional.empty());
        return new QueuedRequest(asked, false, Deadline.in(transactions.deadline()));
    }
}
