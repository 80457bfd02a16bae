package io.pims.authentication.replica;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * A whole installation for the load tests in {@code src/gatling}, which have a class path of their own: says
 * {@code ready SERVICE SANDBOX} (both URLs) when drivers may come, and ends when its standard input does.
 */
public final class SystemUnderTest {

    /** As production has it, but for the size of the heap. */
    private static final List<String> JVM = List.of(Replica.JAVA, "-Xmx512m");

    /** What is looked for is where the service ends, not where the setting does. */
    private static final Map<String, String> UNBOUNDED = Map.of(
            "pims.ratelimit.service", "1000000/1m",
            "pims.budget.total.hour", "100000000",
            "pims.budget.total.day", "100000000");

    private SystemUnderTest() {}

    public static void main(String... arguments) throws IOException {
        try (Installation installation = new Installation(SystemUnderTest.class)) {
            Replica replica = installation.launchAsShipped(UNBOUNDED, JVM).awaitReady();
            try (RemoteSandbox sandbox = new RemoteSandbox(installation)) {
                System.out.println("ready " + replica.address() + " " + sandbox.address());
                while (System.in.read() >= 0) {
                    // Only its end is of interest.
                }
            }
        }
    }
}
