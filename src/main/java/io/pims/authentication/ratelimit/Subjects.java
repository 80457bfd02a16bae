package io.pims.authentication.ratelimit;

import io.pims.authentication.budget.BudgetConfig;
import io.pims.authentication.budget.TotalBudget;
import io.pims.authentication.configuration.WrongSetting;
import io.pims.authentication.ratelimit.Subject.Policy;
import io.pims.authentication.ratelimit.Subject.Users;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Finds the subjects that a request is charged on.
 *
 * <p>The limits of the whole service would be one row that every request queues for. They are cut into slices of equal
 * size, each a row of its own. A request takes any free slice, and tries the others if it is used up. So the total is never
 * exceeded, and a refusal means that nearly all of it is used.
 *
 * <p>Strangers to a number may use a share of its limits: they ask for it to be certified, which anybody can who knows it.
 * Their use also counts for the number as a whole. So the total stays the same, and the rest is left to its owner.
 */
final class Subjects {

    static final String SERVICE = "service/";
    static final String NUMBER = "number/";
    static final String USER = "user/";
    static final String ATTEMPT = "attempt/";
    static final String VERIFICATION = "verification/";
    static final String UNBLOCK = "unblock/";

    /** The kinds of subjects whose ids end with a driver's name. */
    static final List<String> OF_DRIVERS = List.of(USER, ATTEMPT, VERIFICATION, UNBLOCK);

    private final boolean addressEnabled;
    private final List<Policy> userAndType;
    private final List<Policy> user;
    private final Map<String, List<Policy>> ofUser = new ConcurrentHashMap<>();
    private final List<Policy> number;
    private final List<Policy> numberOfStrangers;
    private final List<Policy> address;
    private final List<Policy> serviceSlice;
    private final List<String> slices;
    private final BudgetConfig.Total total;
    private final List<TotalBudget> totals;

    Subjects(RateLimitConfig config, BudgetConfig.Total total) {
        this.total = total;
        this.totals = TotalBudget.of(total, 0, 1);
        this.addressEnabled = config.addressEnabled();
        this.userAndType = Policy.of("user-type", config.userAndType());
        this.user = Policy.of("user", config.user());
        this.number = Policy.of("number", config.number());
        this.numberOfStrangers =
                Stream.concat(shares(config).stream(), number.stream()).toList();
        this.address = Policy.of("address", config.address());
        this.serviceSlice = Policy.of("service", config.service()).stream()
                .map(policy -> slice(policy, config.serviceSlices()))
                .toList();
        this.slices = IntStream.range(0, config.serviceSlices())
                .mapToObj(index -> SERVICE + index)
                .toList();
    }

    /** Returns at least one of each count: a number that nobody may certify is of no use. */
    private static List<Policy> shares(RateLimitConfig config) {
        return Policy.of(
                "certification",
                config.number()
                        .map(limits -> limits.stream()
                                .map(limit -> new Limit(
                                        Math.max(1, limit.count() * config.certificationPercent() / 100),
                                        limit.window()))
                                .toList()));
    }

    private static Policy slice(Policy policy, int slices) {
        if (policy.limit().count() % slices != 0) {
            throw new WrongSetting(
                    "pims.ratelimit.service",
                    "must have counts that are multiples of pims.ratelimit.service-slices (" + slices + ")");
        }
        return policy.slice(slices);
    }

    /** Returns the request's own subjects, in the order of their ids. */
    List<Subject> of(ChargedRequest request) {
        List<Subject> subjects = new ArrayList<>(3);
        if (addressEnabled) {
            request.addressHash()
                    .ifPresent(hash -> subjects.add(new Subject("address/" + hash, Users.SEVERAL, address)));
        }
        List<Policy> ofNumber = request.onFile() ? number : numberOfStrangers;
        request.numberHash().ifPresent(hash -> subjects.add(new Subject(NUMBER + hash, Users.SEVERAL, ofNumber)));
        subjects.add(
                new Subject(USER + request.user(), Users.CALLER, ofUser.computeIfAbsent(request.type(), this::ofUser)));
        return subjects;
    }

    private List<Policy> ofUser(String type) {
        return Stream.concat(user.stream(), userAndType.stream().map(policy -> policy.of(type)))
                .toList();
    }

    Subject slice(String slice) {
        List<TotalBudget> parts = TotalBudget.of(total, slices.indexOf(slice), slices.size());
        return new Subject(slice, Users.ALL, serviceSlice, parts);
    }

    /** Returns the budgets of the whole service, not those of a slice. */
    List<TotalBudget> totals() {
        return totals;
    }

    List<String> slices() {
        return slices;
    }

    /** Returns all slices in random order, so that they fill up evenly: one that is full costs a further look. */
    List<String> slicesShuffled() {
        List<String> shuffled = new ArrayList<>(slices);
        Collections.shuffle(shuffled);
        return shuffled;
    }
}
