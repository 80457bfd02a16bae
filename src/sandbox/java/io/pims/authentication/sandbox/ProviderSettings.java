package io.pims.authentication.sandbox;

/**
 * How the fake provider treats what is sent to it.
 *
 * @param latencyMs milliseconds until it answers
 * @param receipts whether delivery receipts follow
 */
public record ProviderSettings(Behaviour behaviour, int latencyMs, boolean receipts) {

    public static final ProviderSettings NORMAL = new ProviderSettings(Behaviour.NORMAL, 0, true);

    static final int MAX_LATENCY_MS = 120_000;

    /** Longer than any patience a sender may reasonably have. */
    private static final int SLOW_MS = 20_000;

    public static ProviderSettings of(Behaviour behaviour) {
        return new ProviderSettings(behaviour, 0, true);
    }

    int delayMs() {
        return behaviour == Behaviour.SLOW && latencyMs == 0 ? SLOW_MS : latencyMs;
    }
}
