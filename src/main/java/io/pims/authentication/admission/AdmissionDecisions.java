package io.pims.authentication.admission;

import static java.util.Comparator.naturalOrder;
import static java.util.stream.Collectors.toSet;

import io.pims.authentication.budget.Overrun;
import io.pims.authentication.code.CodeReference;
import io.pims.authentication.code.IssuedCodes;
import io.pims.authentication.http.ApiException;
import io.pims.authentication.http.ErrorCode;
import io.pims.authentication.ratelimit.Charge;
import io.pims.authentication.ratelimit.ChargedRequest;
import io.pims.authentication.ratelimit.RateLimitHeaders;
import io.pims.authentication.transaction.NewTransaction;
import io.pims.authentication.transaction.Replay;
import io.pims.authentication.transaction.SmsOrder;
import io.pims.authentication.transaction.Transaction;
import io.pims.authentication.transaction.TransactionWriter.UserKey;
import io.pims.authentication.trustedphonenumber.Destination;
import io.pims.authentication.trustedphonenumber.ResetNumber;
import io.pims.authentication.trustedphonenumber.SealedNumber;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Decides about requests that share a SQL transaction, by what was read for all of them. Each is decided for itself, in
 * the order of their arrival. Knows no database.
 */
final class AdmissionDecisions {

    /** What became of a request: one of an answer, a refusal, and the same question again. */
    record Decision(Acceptance acceptance, ApiException refusal, Retry retry) {

        static final Decision IN_NEXT_BATCH = new Decision(null, null, Retry.IN_NEXT_BATCH);
        static final Decision ALONE = new Decision(null, null, Retry.ALONE);

        Decision(Acceptance acceptance, ApiException refusal) {
            this(acceptance, refusal, null);
        }
    }

    /** How a request that was not decided is to be asked again. */
    enum Retry {
        /** In a later batch. */
        IN_NEXT_BATCH,
        /** By itself, as nobody knows which one of the batch is to blame. */
        ALONE
    }

    /** The budgets that had no room for a request, whether or not it was refused for that. */
    record Overruns(UUID request, String country, List<Overrun> of) {}

    private final List<QueuedRequest> requests;
    private final Map<UUID, SealedNumber> numbers = new HashMap<>();
    private final Map<UUID, ChargedRequest> chargedRequests = new HashMap<>();
    private final Map<UUID, ApiException> refusals = new HashMap<>();
    private final Map<UUID, Decision> decisions = new HashMap<>();
    private final List<NewTransaction> newTransactions = new ArrayList<>();
    private final List<Overruns> overruns = new ArrayList<>();

    AdmissionDecisions(List<QueuedRequest> requests) {
        this.requests = requests;
    }

    /** The users whose trusted number is needed. */
    Set<String> usersResetting() {
        return requests.stream()
                .filter(request -> request.codeRequest().newNumber().isEmpty())
                .map(QueuedRequest::user)
                .collect(toSet());
    }

    Set<String> users() {
        return requests.stream().map(QueuedRequest::user).collect(toSet());
    }

    Set<UserKey> userKeys() {
        return requests.stream().flatMap(request -> request.userKey().stream()).collect(toSet());
    }

    /** Those who ask, as far as they are known before the numbers on file are. */
    List<ChargedRequest> requestsToLock() {
        return requests.stream()
                .map(request -> chargedRequest(request, request.codeRequest().newNumber(), false))
                .toList();
    }

    /** Where the SMS to numbers go that are not on file. */
    Set<Destination> newDestinations() {
        return requests.stream()
                .flatMap(request -> request.codeRequest().newNumber().stream())
                .map(SealedNumber::destination)
                .collect(toSet());
    }

    /**
     * Finds out where each SMS would go, and whether to a number of whoever asks.
     *
     * @param trusted the numbers on file, by user
     */
    void resolve(Map<String, ResetNumber> trusted) {
        for (QueuedRequest request : requests) {
            Optional<SealedNumber> newNumber = request.codeRequest().newNumber();
            ResetNumber onFile = trusted.get(request.user());
            if (newNumber.isPresent()) {
                goesTo(request, newNumber.get(), onFile != null && isSame(onFile.number(), newNumber.get()));
            } else if (onFile == null) {
                refusals.put(request.id(), ApiException.missing("trustedphonenumber", 409));
            } else if (onFile.heldFor().isPresent()) {
                refusals.put(
                        request.id(),
                        ApiException.of(429, ErrorCode.TIMEOUT)
                                .retryAfter(onFile.heldFor().get()));
            } else {
                goesTo(request, onFile.number(), true);
            }
        }
    }

    private static boolean isSame(SealedNumber one, SealedNumber other) {
        return Arrays.equals(one.hash(), other.hash());
    }

    private void goesTo(QueuedRequest request, SealedNumber number, boolean onFile) {
        numbers.put(request.id(), number);
        chargedRequests.put(request.id(), chargedRequest(request, Optional.of(number), onFile));
    }

    private static ChargedRequest chargedRequest(QueuedRequest request, Optional<SealedNumber> number, boolean onFile) {
        return new ChargedRequest(
                request.user(),
                request.codeRequest().type().text(),
                number.map(known -> HexFormat.of().formatHex(known.hash())),
                onFile,
                request.codeRequest().caller().addressHash(),
                number.map(SealedNumber::destination).orElse(Destination.UNKNOWN));
    }

    /**
     * Answers what needs no charge, and gives the rest, in their order.
     *
     * @param open whether the limits of a charged request are at hand; else the request is for a later batch
     */
    List<QueuedRequest> chargeable(Map<UserKey, Replay> replays, Predicate<ChargedRequest> open) {
        List<QueuedRequest> chargeable = new ArrayList<>();
        Set<UserKey> keys = new HashSet<>();
        for (QueuedRequest request : requests) {
            Optional<Replay> replay = request.userKey().map(replays::get);
            if (replay.isPresent()) {
                decisions.put(request.id(), replayed(request, replay.get()));
            } else if (refusals.containsKey(request.id())) {
                decisions.put(request.id(), new Decision(null, refusals.get(request.id())));
            } else if (!open.test(chargedRequest(request))
                    || !request.userKey().map(keys::add).orElse(true)) {
                decisions.put(request.id(), Decision.IN_NEXT_BATCH);
            } else if (request.beginRecording()) {
                chargeable.add(request);
            } else {
                decisions.put(request.id(), new Decision(null, ApiException.databaseAway(null)));
            }
        }
        return chargeable;
    }

    private static Decision replayed(QueuedRequest request, Replay replay) {
        try {
            Transaction known =
                    replay.answer(request.codeRequest().idempotency().orElseThrow());
            return new Decision(Acceptance.known(known), null);
        } catch (ApiException somethingElse) {
            return new Decision(null, somethingElse);
        }
    }

    ChargedRequest chargedRequest(QueuedRequest request) {
        return chargedRequests.get(request.id());
    }

    /** Refuses or records a request, as its charge says. */
    void decide(QueuedRequest request, Charge charge, IssuedCodes codes) {
        SealedNumber number = numbers.get(request.id());
        if (!charge.overruns().isEmpty()) {
            overruns.add(new Overruns(request.id(), number.destination().country(), charge.overruns()));
        }
        if (!charge.allowed()) {
            decisions.put(request.id(), new Decision(null, RateLimitHeaders.refusal(charge.quota())));
            return;
        }
        CodeRequest codeRequest = request.codeRequest();
        CodeReference code = codes.issue(request.user(), codeRequest.type(), number, request.id(), charge.at());
        SmsOrder order = SmsOrder.of(codeRequest.caller(), codeRequest.type().text(), number, Optional.of(code));
        NewTransaction transaction = new NewTransaction(
                request.id(), order, codeRequest.idempotency(), charge.at(), request.held(), request.deadline());
        newTransactions.add(transaction);
        decisions.put(request.id(), new Decision(Acceptance.recorded(transaction, charge), null));
    }

    /** What is to be written. */
    List<NewTransaction> newTransactions() {
        return newTransactions;
    }

    List<Overruns> overruns() {
        return overruns;
    }

    /** When it is too late for the first of them, by the database's time. */
    Instant latest() {
        return newTransactions.stream()
                .map(NewTransaction::latest)
                .min(naturalOrder())
                .orElseThrow();
    }

    Set<UUID> newIds() {
        return newTransactions.stream().map(NewTransaction::id).collect(toSet());
    }

    /** Takes back the decisions whose transactions did not come about after all. */
    void refuseUnrecorded(Set<UUID> found, Throwable cause) {
        newIds().stream()
                .filter(id -> !found.contains(id))
                .forEach(id -> decisions.put(id, new Decision(null, ApiException.databaseAway(cause))));
    }

    /** By request, in the order of their arrival. */
    List<Decision> decisions() {
        return requests.stream().map(request -> decisions.get(request.id())).toList();
    }
}
