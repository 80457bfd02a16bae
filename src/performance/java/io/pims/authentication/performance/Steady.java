package io.pims.authentication.performance;

import static org.awaitility.Awaitility.await;

import io.pims.authentication.replica.Replica;
import java.time.Duration;
import java.util.List;

/** Brings a replica to where measuring it says something: compiled before, and calm again after. */
final class Steady {

    /** Processors that HotSpot's compilers take at most once the service is warm. */
    private static final double COMPILING = 0.05;

    private static final int LONGEST_WARM_UP = 40;

    private static final Duration LONGEST_CALMING = Duration.ofMinutes(1);

    /** The gauges of what a replica holds and calls. */
    private static final List<String> SENDS =
            List.of("pims_in_flight ", "pims_sms_calls_running{", "pims_sms_calls_waiting{");

    private Steady() {}

    /**
     * As much load as it takes until the compilers have done their work.
     *
     * @param lapSeconds how long one lap of the load takes
     */
    static void warmUp(Replica replica, int lapSeconds, Runnable lap) {
        double share = 1;
        for (int laps = 0; share > COMPILING; laps++) {
            if (laps == LONGEST_WARM_UP) {
                throw new IllegalStateException("The compilers still take %.2f of a processor".formatted(share));
            }
            double before = CpuTime.ofCompilers(replica.pid());
            lap.run();
            share = (CpuTime.ofCompilers(replica.pid()) - before) / lapSeconds;
            System.out.printf("  the compilers took %.2f of a processor%n", share);
        }
    }

    /** What a replica still sends of a round must not slow those of the others down. */
    static void awaitCalm(Replica replica) {
        await("the replica sends nothing any more")
                .atMost(LONGEST_CALMING)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> sendsNothing(replica));
    }

    /** Not by the processors that it takes: an idle one takes a third of one where the machine is slow to wake up. */
    private static boolean sendsNothing(Replica replica) {
        List<String> sends = replica.metrics().stream()
                .filter(series -> SENDS.stream().anyMatch(series::startsWith))
                .toList();
        return !sends.isEmpty() && sends.stream().allMatch(series -> series.endsWith(" 0.0"));
    }
}
