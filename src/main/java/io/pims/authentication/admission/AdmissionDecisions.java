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
 * Decides about the requests of one batch, each for itself and in the order of arrival. It knows no database. Its methods
 * are called in this order: those that say what to read, {@link #resolve}, {@link #chargeable}, {@link #decide}, those
 * that say what to write, {@link #decisions}.
 */
final class AdmissionDecisions {

    /** The budgets that a request overran, even if it was not refused for that. */
    record Overruns(UUID request, String country, List<Overrun> of) {}

    private final List<QueuedRequest> requests;
    private final Map<UUID, SealedNumber> numbers = new HashMap<>();
    private final Map<UUID, ChargedRequest> chargedRequests = new HashMap<>();
    private final Map<UUID, Decision> decisions = new HashMap<>();

    /** Requests under the key of one that is before them in the batch. */
    private final Map<UserKey, List<QueuedRequest>> repeated = new HashMap<>();

    private final List<NewTransaction> newTransactions = new ArrayList<>();
    private final List<Overruns> overruns = new ArrayList<>();

    AdmissionDecisions(List<QueuedRequest> requests) {
        this.requests = requests;
    }

    Set<String> users() {
        return requests.stream().map(QueuedRequest::user).collect(toSet());
    }

    /** Returns the users whose code goes to their number on file. */
    Set<String> usersResetting() {
        return requests.stream()
                .filter(request -> request.codeRequest().newNumber().isEmpty())
                .map(QueuedRequest::user)
                .collect(toSet());
    }

    Set<UserKey> userKeys() {
        return requests.stream().flatMap(request -> request.userKey().stream()).collect(toSet());
    }

    /** Returns the requests as they are known before the numbers on file are read. */
    List<ChargedRequest> requestsToLock() {
        return requests.stream()
                .map(request -> chargedRequest(request, request.codeRequest().newNumber(), false))
                .toList();
    }

    /** Returns the destinations of the numbers that are not on file. */
    Set<Destination> newDestinations() {
        return requests.stream()
                .flatMap(request -> request.codeRequest().newNumber().stream())
                .map(SealedNumber::destination)
                .collect(toSet());
    }

    /**
     * Finds the number for each SMS, and refuses requests that have none.
     *
     * @param onFile the numbers on file, by user
     */
    void resolve(Map<String, ResetNumber> onFile) {
        for (QueuedRequest request : requests) {
            Optional<SealedNumber> newNumber = request.codeRequest().newNumber();
            ResetNumber trusted = onFile.get(request.user());
            if (newNumber.isPresent()) {
                boolean same = trusted != null
                        && Arrays.equals(
                                trusted.number().hash(), newNumber.get().hash());
                sendTo(request, newNumber.get(), same);
            } else if (trusted == null) {
                refuse(request, ApiException.missing("trustedphonenumber", 409));
            } else if (trusted.heldFor().isPresent()) {
                refuse(
                        request,
                        ApiException.of(429, ErrorCode.TIMEOUT)
                                .retryAfter(trusted.heldFor().get()));
            } else {
                sendTo(request, trusted.number(), true);
            }
        }
    }

    private void refuse(QueuedRequest request, ApiException refusal) {
        decisions.put(request.id(), Decision.refused(refusal));
    }

    private void sendTo(QueuedRequest request, SealedNumber number, boolean onFile) {
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
     * Decides about requests that need no charge, and returns the others in their order. Of several under one idempotency key
     * it returns the first.
     *
     * @param replays what was recorded earlier under idempotency keys; it is answered even if a new request would be refused
     * @param open true if the limits of a request were read; if not, it is decided in the next batch
     */
    List<QueuedRequest> chargeable(Map<UserKey, Replay> replays, Predicate<ChargedRequest> open) {
        List<QueuedRequest> chargeable = new ArrayList<>();
        Set<UserKey> keys = new HashSet<>();
        for (QueuedRequest request : requests) {
            Optional<Replay> replay = request.userKey().map(replays::get);
            if (replay.isPresent()) {
                decisions.put(request.id(), replayed(request, replay.get()));
            } else if (decisions.containsKey(request.id())) {
                continue;
            } else if (request.isOver()) {
                refuse(request, ApiException.databaseAway(null));
            } else if (!open.test(chargedRequest(request))) {
                decisions.put(request.id(), Decision.IN_NEXT_BATCH);
            } else if (!request.userKey().map(keys::add).orElse(true)) {
                repeated.computeIfAbsent(request.userKey().orElseThrow(), key -> new ArrayList<>())
                        .add(request);
                decisions.put(request.id(), Decision.IN_NEXT_BATCH);
            } else if (request.beginRecording()) {
                chargeable.add(request);
            } else {
                refuse(request, ApiException.databaseAway(null));
            }
        }
        return chargeable;
    }

    private static Decision replayed(QueuedRequest request, Replay replay) {
        try {
            return Decision.accepted(Acceptance.known(
                    replay.answer(request.codeRequest().idempotency().orElseThrow())));
        } catch (ApiException anotherRequest) {
            return Decision.refused(anotherRequest);
        }
    }

    ChargedRequest chargedRequest(QueuedRequest request) {
        return chargedRequests.get(request.id());
    }

    /** Refuses or records a request, by its charge. */
    void decide(QueuedRequest request, Charge charge, IssuedCodes codes) {
        SealedNumber number = numbers.get(request.id());
        if (!charge.overruns().isEmpty()) {
            overruns.add(new Overruns(request.id(), number.destination().country(), charge.overruns()));
        }
        if (!charge.allowed()) {
            refuseAll(request, RateLimitHeaders.refusal(charge.quota()));
            return;
        }
        CodeRequest asked = request.codeRequest();
        CodeReference code = codes.issue(request.user(), asked.type(), number, request.id(), charge.at());
        SmsOrder order = SmsOrder.of(asked.caller(), asked.type().text(), number, Optional.of(code));
        NewTransaction transaction = new NewTransaction(
                request.id(), order, asked.idempotency(), charge.at(), request.held(), request.deadline());
        newTransactions.add(transaction);
        decisions.put(request.id(), Decision.accepted(Acceptance.recorded(transaction, charge)));
    }

    /**
     * Refuses a request, and with it those under its key. Nothing is recorded that they could be answered by, so each would be
     * put off until it is the first one itself, a batch for each, with its place in flight.
     */
    private void refuseAll(QueuedRequest first, ApiException refusal) {
        refuse(first, refusal);
        first.userKey().map(repeated::get).ifPresent(all -> all.forEach(request -> refuse(request, refusal)));
    }

    /** Returns what is to be written. */
    List<NewTransaction> newTransactions() {
        return newTransactions;
    }

    Set<UUID> newIds() {
        return newTransactions.stream().map(NewTransaction::id).collect(toSet());
    }

    /** Returns the last moment to commit, by the database's clock. */
    Instant latest() {
        return newTransactions.stream()
                .map(NewTransaction::latest)
                .min(naturalOrder())
                .orElseThrow();
    }

    List<Overruns> overruns() {
        return overruns;
    }

    /** Refuses requests whose transaction was not recorded after all. */
    void refuseUnrecorded(Set<UUID> recorded, Throwable cause) {
        newIds().stream()
                .filter(id -> !recorded.contains(id))
                .forEach(id -> decisions.put(id, Decision.refused(ApiException.databaseAway(cause))));
    }

    /** Returns the decisions, in the order of the requests. */
    List<Decision> decisions() {
        return requests.stream().map(request -> decisions.get(request.id())).toList();
    }
}
