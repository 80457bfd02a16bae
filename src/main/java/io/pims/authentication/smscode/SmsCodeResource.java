package io.pims.authentication.smscode;

import io.pims.authentication.admission.Admission;
import io.pims.authentication.admission.CodeRequest;
import io.pims.authentication.caller.Caller;
import io.pims.authentication.caller.Callers;
import io.pims.authentication.driver.Driver;
import io.pims.authentication.driver.Drivers;
import io.pims.authentication.http.ApiException;
import io.pims.authentication.http.Envelope;
import io.pims.authentication.http.ErrorCode;
import io.pims.authentication.http.RequestIds;
import io.pims.authentication.outcome.OutcomeWaiters;
import io.pims.authentication.ratelimit.RateLimitHeaders;
import io.pims.authentication.sms.Roads;
import io.pims.authentication.transaction.Transaction;
import io.pims.authentication.transaction.Transactions;
import io.pims.authentication.trustedphonenumber.NumberVault;
import io.pims.authentication.trustedphonenumber.PhoneNumbers;
import io.pims.authentication.trustedphonenumber.SealedNumber;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jboss.resteasy.reactive.RestResponse.Status;

/** {@code pims.authentication.smscode}: asks for a code, and tells the outcome. */
@Path(SmsCodeResource.PATH)
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
public class SmsCodeResource {

    private static final Logger LOG = Logger.getLogger(SmsCodeResource.class);
    static final String PATH = "/v1/authentication/smscode";

    private final SmsCodeConfig config;
    private final Admission admission;
    private final Transactions transactions;
    private final OutcomeWaiters waiters;
    private final Roads roads;
    private final Drivers drivers;
    private final Callers callers;
    private final PhoneNumbers phoneNumbers;
    private final NumberVault vault;

    SmsCodeResource(
            SmsCodeConfig config,
            Admission admission,
            Transactions transactions,
            OutcomeWaiters waiters,
            Roads roads,
            Drivers drivers,
            Callers callers,
            PhoneNumbers phoneNumbers,
            NumberVault vault) {
        this.config = config;
        this.admission = admission;
        this.transactions = transactions;
        this.waiters = waiters;
        this.roads = roads;
        this.drivers = drivers;
        this.callers = callers;
        this.phoneNumbers = phoneNumbers;
        this.vault = vault;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<RestResponse<Envelope>> request(
            SmsCodeRequest body, @Context HttpHeaders headers, @Context RoutingContext context) {
        Caller caller = callers.of(context);
        if (body == null) {
            throw ApiException.missing("type");
        }
        CodeRequest codeRequest = new CodeRequest(
                caller,
                body.requireType(),
                newNumber(caller, body),
                IdempotencyKey.of(values(headers, IdempotencyKey.HEADER)));
        if (!roads.configured()) {
            throw ApiException.of(503, ErrorCode.CORE_NOT_WELL_CONFIGURED);
        }
        Driver driver = caller.driver();
        Optional<Duration> wait = WaitPreference.of(values(headers, "Prefer"), config.longestWait());
        return admission
                .admit(codeRequest)
                .flatMap(acceptance -> outcome(driver, acceptance.transaction(), wait)
                        .map(transaction -> {
                            ResponseBuilder<Envelope> answer = answer(
                                    transaction.status().isFinal() ? Status.OK : Status.ACCEPTED, transaction, wait);
                            // Relative: it is right behind any proxy.
                            answer.header(HttpHeaders.LOCATION, PATH + "/" + transaction.id());
                            acceptance
                                    .charge()
                                    .ifPresent(charge ->
                                            RateLimitHeaders.of(charge.quota()).forEach(answer::header));
                            return answer.build();
                        }));
    }

    @GET
    @Path("/{transactionId}")
    public Uni<RestResponse<Envelope>> outcome(@RestPath String transactionId, @Context HttpHeaders headers) {
        Driver driver = drivers.current();
        UUID id = RequestIds.read(transactionId).orElseThrow(() -> ApiException.invalid("transactionId", 404));
        Optional<Duration> wait = WaitPreference.of(values(headers, "Prefer"), config.longestWait());
        return find(driver, id).flatMap(found -> outcome(driver, found, wait)).map(transaction -> {
            ResponseBuilder<Envelope> answer = answer(Status.OK, transaction, wait);
            if (transaction.delivery() != null) {
                answer.header("Delivery-Status", transaction.delivery().header());
            }
            return answer.build();
        });
    }

    private Optional<SealedNumber> newNumber(Caller caller, SmsCodeRequest body) {
        return Optional.ofNullable(body.phoneNumber())
                .map(typed -> phoneNumbers
                        .read(typed, caller.driver().region())
                        .map(number -> vault.seal(number, caller.user()))
                        .orElseThrow(() -> ApiException.invalid("phoneNumber")));
    }

    /**
     * Returns the transaction once it is final, or as it is when the wait is over. It is read again after the waiter is
     * registered, as it may have ended in between. If that fails or takes long, the answer is what is known.
     */
    private Uni<Transaction> outcome(Driver driver, Transaction known, Optional<Duration> wait) {
        if (known.status().isFinal() || wait.orElse(Duration.ZERO).isZero()) {
            return Uni.createFrom().item(known);
        }
        return waiters.register(known.id())
                .map(waiter -> {
                    find(driver, known.id())
                            .subscribe()
                            .with(waiter::tell, failure -> LOG.debugf(failure, "The transaction can't be read again"));
                    return waiter.await(wait.get())
                            .map(outcome -> outcome.orElse(known))
                            .onTermination()
                            .invoke(waiter::close);
                })
                .orElse(Uni.createFrom().item(known));
    }

    private Uni<Transaction> find(Driver driver, UUID id) {
        return transactions
                .of(driver.user(), id)
                .map(found -> found.orElseThrow(() -> ApiException.invalid("transactionId", 404)));
    }

    private static ResponseBuilder<Envelope> answer(Status status, Transaction transaction, Optional<Duration> wait) {
        ResponseBuilder<Envelope> answer = ResponseBuilder.create(status, transaction.envelope());
        wait.ifPresent(applied -> answer.header("Preference-Applied", "wait=" + applied.toSeconds()));
        return answer;
    }

    private static List<String> values(HttpHeaders headers, String name) {
        List<String> values = headers.getRequestHeader(name);
        return values == null ? List.of() : values;
    }
}
