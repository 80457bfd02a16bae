package io.pims.authentication.facade;

import static io.pims.authentication.facade.Messages.NEW_PIN;
import static io.pims.authentication.facade.Messages.PINCODE;
import static io.pims.authentication.facade.Messages.RESET_PIN;
import static io.pims.authentication.facade.Messages.SMSCODE;
import static io.pims.authentication.facade.Messages.await;
import static io.pims.authentication.facade.Messages.code;
import static io.pims.authentication.facade.ScriptedService.hang;
import static io.pims.authentication.facade.ScriptedService.pending;
import static io.pims.authentication.facade.ScriptedService.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.ScriptedServer.Request;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** From Wi-Fi to the mobile network: sockets are cut, nothing is reached for a while, and then from another address. */
@Timeout(60)
class NetworkChangeTest {

    private final Pims pims = new Pims();
    private final InetAddress wifi = PhoneNetwork.addresses().get(0);
    private final InetAddress mobile = PhoneNetwork.addresses().get(1);
    private final PhoneNetwork network = new PhoneNetwork(wifi);

    NetworkChangeTest() throws IOException {}

    @AfterEach
    void release() {
        pims.release();
    }

    @Test
    void a_call_that_waits_for_its_outcome_goes_on_waiting() throws Exception {
        try (ScriptedService service = new ScriptedService(pending(), hang(""), succeeded())) {
            initialize(service);
            CompletionStage<Map<String, Object>> message = pims.get(SMSCODE, RESET_PIN);
            service.request();
            Request waiting = service.request();

            change();

            assertThat(await(message)).containsEntry("status", "SUCCEEDED");
            Request again = service.request();
            assertThat(again.line()).isEqualTo(waiting.line()).startsWith("GET ");
            assertThat(waiting.from()).isEqualTo(wifi);
            assertThat(again.from()).isEqualTo(mobile);
            assertThat(service.requests()).isEmpty();
        }
    }

    @Test
    void a_request_that_may_have_arrived_is_sent_again_under_its_key() throws Exception {
        try (ScriptedService service = new ScriptedService(hang(""), succeeded())) {
            initialize(service);
            CompletionStage<Map<String, Object>> message = pims.get(SMSCODE, RESET_PIN);
            Request first = service.request();

            change();

            assertThat(await(message)).containsEntry("status", "SUCCEEDED");
            assertThat(service.request().header("Idempotency-Key"))
                    .isNotEmpty()
                    .isEqualTo(first.header("Idempotency-Key"));
        }
    }

    @Test
    void a_change_that_may_have_arrived_is_not_sent_again() throws Exception {
        try (ScriptedService service = new ScriptedService(hang(""), succeeded())) {
            initialize(service);
            CompletionStage<Map<String, Object>> message = pims.set(PINCODE, NEW_PIN);
            service.request();

            network.lose();
            network.join(mobile);

            assertThat(code(await(message))).isEqualTo(2202);
            assertThat(service.requests()).isEmpty();
        }
    }

    @Test
    void a_change_without_a_network_is_sent_when_there_is_one() throws Exception {
        try (ScriptedService service = new ScriptedService(succeeded())) {
            network.lose();
            initialize(service);
            CompletionStage<Map<String, Object>> message = pims.set(PINCODE, NEW_PIN);
            network.awaitRefusals(2);

            network.join(mobile);

            assertThat(await(message)).containsEntry("status", "SUCCEEDED");
            assertThat(service.requests()).hasSize(1);
        }
    }

    private void initialize(ScriptedService service) {
        pims.initialize(service.client()
                .httpClient(network.client())
                .patience(Duration.ofSeconds(20))
                .build());
    }

    private void change() throws IOException {
        network.lose();
        network.awaitRefusals(2);
        network.join(mobile);
    }
}
