package io.pims.authentication.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pims.authentication.replica.Installation.Driver;
import io.pims.authentication.sandbox.ReceivedMessage;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Requests of many drivers at once, one each, and what must have become of them whatever happened meanwhile. */
final class Burst {

    /** What a rescue may take beyond the end of the lease: the rescuer's pace, and a machine that is busy. */
    private static final int SLACK_S = 6;

    /** The numbers of {@link Installation#settings()}: deadline and lease. */
    private static final int LONGEST_S = 60 + 6 + SLACK_S;

    private final Installation installation;
    private final Map<Driver, CompletableFuture<Answer>> requests = new HashMap<>();

    /** Begins to ask each of the replicas in turn. */
    Burst(Installation installation, List<Replica> replicas, int drivers, String... headers) {
        this.installation = installation;
        int next = 0;
        for (Driver driver : installation.drivers(drivers)) {
            requests.put(driver, replicas.get(next++ % replicas.size()).ask(driver.token(), headers));
        }
    }

    Burst awaitAccepted(int count) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(2))
                .until(() -> acceptedSoFar() >= count);
        return this;
    }

    private long acceptedSoFar() {
        return requests.values().stream()
                .filter(request -> request.isDone() && !request.isCompletedExceptionally())
                .filter(request -> request.join().isAccepted())
                .count();
    }

    /** All answers; there are fewer than requests where replicas died or went away. */
    List<Answer> answers() {
        return Replica.answered(List.copyOf(requests.values()));
    }

    long unfinished() {
        return installation.count("SELECT count(*) FROM sms_transaction WHERE status = 'PENDING'");
    }

    /**
     * Waits until everything recorded is final, with a replica there to see to it, and holds what the clients were
     * told, what the database says and what the provider took against each other.
     *
     * @return how many SMS were repeats: at most one for each transaction, and each says what the first one said
     */
    int awaitAllSent() {
        long begunMs = installation.count("SELECT extract(epoch FROM now()) * 1000");
        await().atMost(Duration.ofSeconds(LONGEST_S)).until(() -> {
            assertThat(installation.count("SELECT count(*) FROM sms_transaction WHERE status = 'PENDING'"
                            + " AND greatest(lease_until, to_timestamp(" + begunMs + " / 1000.0))"
                            + " < now() - interval '" + SLACK_S + " s'"))
                    .as("left behind for longer than a lease")
                    .isZero();
            return unfinished() == 0;
        });
        Map<UUID, String> recorded = installation.recorded();
        Map<UUID, List<ReceivedMessage>> sms = installation.smsByTransaction();
        assertThat(recorded.keySet()).containsAll(accepted());
        assertThat(recorded.values()).containsOnly("SUCCEEDED");
        assertThat(sms.keySet()).isEqualTo(recorded.keySet());
        assertThat(installation.count("SELECT count(*) FROM sms_transaction"
                        + " WHERE finished_at > created_at + interval '" + LONGEST_S + " s'"))
                .isZero();
        Map<String, UUID> receivers = new HashMap<>();
        sms.forEach((transaction, repeats) -> {
            assertThat(repeats).hasSizeBetween(1, 2);
            assertThat(repeats.stream().map(ReceivedMessage::text).distinct()).hasSize(1);
            assertThat(repeats.stream().map(ReceivedMessage::to).distinct()).hasSize(1);
            assertThat(receivers.put(repeats.get(0).to(), transaction)).isNull();
        });
        assertThat(requests.keySet().stream().map(Driver::number).toList()).containsAll(receivers.keySet());
        return installation.vonage().messages().size() - recorded.size();
    }

    private Set<UUID> accepted() {
        return answers().stream().filter(Answer::isAccepted).map(Answer::id).collect(Collectors.toSet());
    }
}
