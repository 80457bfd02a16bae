package io.pims.authentication.performance;

import io.pims.authentication.replica.Replica;

/** Brings a replica to where measuring it says something: compiled before, and idle again after. */
final class Steady {

    /** Processors that HotSpot's compilers take at most once the service is warm. */
    private static final double COMPILING = 0.05;

    private static final int LONGEST_WARM_UP = 40;

    private static final int LONGEST_CALMING_S = 60;
    private static final double CALM_CPU_S = 0.05;

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

    /** What is still to be sent of a round must not slow those of the others down. */
    static void awaitCalm(Replica replica) {
        for (int tries = 0; tries < LONGEST_CALMING_S; tries++) {
            double before = CpuTime.of(replica.pid());
            Waits.seconds(1);
            if (CpuTime.of(replica.pid()) - before < CALM_CPU_S) {
                return;
            }
        }
        throw new IllegalStateException(
                "The replica still works, %d s after the last request".formatted(LONGEST_CALMING_S));
    }
}
