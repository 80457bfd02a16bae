package io.pims.authentication.sms.vonage;

import static io.pims.authentication.sms.vonage.ScriptedVonage.hang;
import static io.pims.authentication.sms.vonage.ScriptedVonage.http;
import static io.pims.authentication.sms.vonage.ScriptedVonage.raw;
import static io.pims.authentication.sms.vonage.TestVonage.PERMIT;
import static io.pims.authentication.sms.vonage.TestVonage.SMS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.pims.authentication.configuration.WrongSetting;
import io.pims.authentication.sms.SmsOutcome;
import io.pims.authentication.sms.SmsOutcome.Kind;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class VonagePoolTest {

    @RegisterExtension
    final TestVonage vonage;

    VonagePoolTest(VonageApi api) {
        vonage = new TestVonage(api);
    }

    @Test
    void a_send_beyond_the_pool_is_tried_later_and_a_client_serves_again_when_done() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        ScriptedVonage provider = vonage.provider((out, self) -> {
            release.await();
            vonage.accepted().write(out, self);
        });
        VonageSmsSender sender = vonage.sender(provider.uri(), 1, "pims.sms.vonage.read-timeout", "20S");

        CompletableFuture<SmsOutcome> first = sender.send(SMS, PERMIT).subscribeAsCompletionStage();
        provider.request();
        SmsOutcome second = sender.send(SMS, PERMIT).await().indefinitely();
        release.countDown();

        assertThat(second).isEqualTo(SmsOutcome.tryLater("all clients busy"));
        assertThat(provider.requestsLeft()).isZero();
        assertThat(first.join().kind()).isEqualTo(Kind.ACCEPTED);
        assertThat(sender.send(SMS, PERMIT).await().indefinitely().kind()).isEqualTo(Kind.ACCEPTED);
    }

    @Test
    void as_many_sends_as_there_are_clients_run_at_once_on_named_threads() throws Exception {
        CountDownLatch all = new CountDownLatch(3);
        ScriptedVonage provider = vonage.provider((out, self) -> {
            all.countDown();
            all.await();
            vonage.accepted().write(out, self);
        });
        VonageSmsSender sender = vonage.sender(provider.uri(), 3, "pims.sms.vonage.read-timeout", "20S");

        List<CompletableFuture<String>> threads = new ArrayList<>();
        for (int i = 0; i < sender.concurrency(); i++) {
            threads.add(sender.send(SMS, PERMIT)
                    .map(outcome ->
                            outcome.kind() + " " + Thread.currentThread().getName())
                    .subscribeAsCompletionStage());
        }

        assertThat(threads.stream().map(CompletableFuture::join))
                .containsExactlyInAnyOrder("ACCEPTED sms-vonage-1", "ACCEPTED sms-vonage-2", "ACCEPTED sms-vonage-3");
    }

    @Test
    void a_client_is_as_good_as_new_after_any_failure() throws Exception {
        List<ScriptedVonage.Answer> script =
                new ArrayList<>(List.of(raw(""), http("503 x", "x"), hang(), http("200 OK", "{"), vonage.accepted()));
        ScriptedVonage provider =
                vonage.provider((out, self) -> script.remove(0).write(out, self));
        VonageSmsSender sender = vonage.sender(provider.uri(), 1);

        List<Kind> kinds = new ArrayList<>();
        while (!script.isEmpty()) {
            kinds.add(sender.send(SMS, PERMIT).await().indefinitely().kind());
        }

        assertThat(kinds).containsExactly(Kind.FAULT, Kind.FAULT, Kind.NO_ANSWER, Kind.FAULT, Kind.ACCEPTED);
    }

    @Test
    void over_an_open_line_no_secret_is_sent() throws Exception {
        ScriptedVonage provider = vonage.provider(vonage.accepted());

        assertThatThrownBy(() -> vonage.sender(URI.create("rest.nexmo.com"), 1))
                .isInstanceOf(WrongSetting.class)
                .hasMessageStartingWith("pims.sms.vonage.base-uri");
        assertThat(vonage.sender(provider.uri(), 1).configured()).isTrue();
    }

    /** As for a process that was stopped while it connected. */
    @Test
    void an_SMS_whose_permit_ends_while_its_connection_is_made_does_not_leave() throws Exception {
        ScriptedVonage provider = vonage.provider(vonage.accepted());
        VonageSmsSender sender = vonage.sender(provider.uri(), 1);
        List<String> askedOn = new CopyOnWriteArrayList<>();
        List<Duration> askedFor = new CopyOnWriteArrayList<>();

        SmsOutcome outcome = sender.send(SMS, longest -> {
                    askedOn.add(Thread.currentThread().getName());
                    askedFor.add(longest);
                    await().until(() -> provider.connections() == 1);
                    return false;
                })
                .await()
                .indefinitely();

        assertThat(outcome.kind()).isEqualTo(Kind.TRY_LATER);
        assertThat(askedOn).as("by the worker, at the last moment").containsExactly("sms-vonage-1");
        assertThat(askedFor).as("for the longest answer").containsExactly(Duration.ofMillis(500));
        assertThat(provider.requestsLeft()).isZero();
        assertThat(sender.send(SMS, PERMIT).await().indefinitely().kind()).isEqualTo(Kind.ACCEPTED);
    }

    @Test
    void after_the_shutdown_a_send_is_handed_back() throws Exception {
        VonageSmsSender sender =
                vonage.sender(vonage.provider(vonage.accepted()).uri(), 1);

        sender.close();

        assertThat(sender.send(SMS, PERMIT).await().indefinitely().kind()).isEqualTo(Kind.TRY_LATER);
    }
}
