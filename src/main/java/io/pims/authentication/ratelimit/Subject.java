package io.pims.authentication.ratelimit;

import io.pims.authentication.budget.TotalBudget;
import java.util.List;
import java.util.Optional;

/**
 * A user, a number, an address, a backend or a slice of the service, with its limits.
 *
 * @param id its key in the database: no phone number or address in clear
 * @param users who shares it, which decides who may be told about it
 * @param policies its limits
 * @param totals its part of the budgets of the whole service
 */
record Subject(String id, Users users, List<Policy> policies, List<TotalBudget> totals) {

    enum Users {
        /** Nobody but the caller, who is told what is left. */
        CALLER,
        /** The caller and others, such as those who know a number. None is told what the others have used. */
        SEVERAL,
        /** The whole service. */
        ALL
    }

    Subject(String id, Users users, List<Policy> policies) {
        this(id, users, policies, List.of());
    }

    /**
     * A limit with the name that it has towards the client.
     *
     * @param name letters, digits and hyphens; unique within the subject
     * @param advertised the limit that the client is told: for a slice, the whole limit
     */
    record Policy(String name, Limit limit, Limit advertised) {

        /** Returns a policy for each limit, named by its window: {@code user} becomes {@code user-3600s}. */
        static List<Policy> of(String name, Optional<List<Limit>> limits) {
            return limits.orElse(List.of()).stream()
                    .map(limit -> new Policy(limit.policy(name), limit, limit))
                    .toList();
        }

        /** Returns the same limit for one operation, as the API names it. */
        Policy of(String operation) {
            return new Policy(name + "-" + operation, limit, advertised);
        }

        /** Returns the part of the limit that one of so many slices has; they divide its count. */
        Policy slice(int slices) {
            return new Policy(name, new Limit(limit.count() / slices, limit.window()), advertised);
        }
    }
}
