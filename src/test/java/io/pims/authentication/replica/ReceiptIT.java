package io.pims.authentication.replica;

import static io.pims.authentication.Conversation.RECEIPT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pims.authentication.replica.Installation.Driver;
import io.pims.authentication.sandbox.Behaviour;
import io.pims.authentication.sandbox.FakeVonage;
import io.pims.authentication.sandbox.ProviderApi;
import io.pims.authentication.sandbox.ProviderSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The production artefact sends by the real SDK, and the provider's receipts come back over HTTP. */
class ReceiptIT {

    private static Installation installation;
    private static Replica replica;
    private static Replica moved;
    private static Replica closed;

    @BeforeAll
    static void start() {
        installation = new Installation(ReceiptIT.class);
        replica = installation.launch(Map.of("pims.receipt.secret", FakeVonage.SIGNATURE_SECRET));
        moved = installation.launch(
                Map.of("pims.receipt.secret", FakeVonage.SIGNATURE_SECRET, "pims.sms.vonage.api", "messages"));
        closed = installation.launch(Map.of());
        replica.awaitReady();
        moved.awaitReady();
        closed.awaitReady();
    }

    @AfterAll
    static void stop() {
        installation.close();
    }

    @AfterEach
    void calm() {
        installation.vonage().reset();
    }

    private static String deliveryStatus(Driver driver, Answer accepted) {
        return replica.get(driver.token(), accepted).join().header("Delivery-Status");
    }

    @Test
    void receipts_of_all_SMS_come_back_and_are_told_by_header() {
        installation.vonage().tellReceipts(replica.uri(RECEIPT));
        List<Driver> drivers = installation.drivers(6);

        List<Answer> accepted = Replica.all(
                drivers.stream().map(driver -> replica.ask(driver.token())).toList());

        assertThat(accepted).allMatch(Answer::isAccepted);
        for (int i = 0; i < drivers.size(); i++) {
            Driver driver = drivers.get(i);
            Answer mine = accepted.get(i);
            await().untilAsserted(() -> assertThat(deliveryStatus(driver, mine)).isEqualTo("delivered"));
        }
    }

    /** As while an account is moved from one API to the other. */
    @Test
    void SMS_by_the_Messages_API_arrive_and_are_told_of_to_a_replica_that_sends_by_the_other_one() {
        installation.vonage().tellReceipts(replica.uri(RECEIPT));
        Driver driver = installation.driver();

        Answer accepted = moved.ask(driver.token()).join();

        await().untilAsserted(() -> assertThat(deliveryStatus(driver, accepted)).isEqualTo("delivered"));
        assertThat(installation.vonage().messages())
                .filteredOn(message -> message.clientRef().equals(accepted.id().toString()))
                .singleElement()
                .satisfies(message -> assertThat(message.api()).isEqualTo(ProviderApi.MESSAGES));
    }

    @Test
    void a_receipt_that_comes_before_the_answer_of_the_send_is_kept_and_the_code_is_sent_once() {
        installation.vonage().tellReceipts(replica.uri(RECEIPT));
        installation.vonage().behave(new ProviderSettings(Behaviour.NORMAL, 1_500, true));
        Driver driver = installation.driver();

        Answer accepted = replica.ask(driver.token()).join();
        await().untilAsserted(() -> assertThat(deliveryStatus(driver, accepted)).isEqualTo("delivered"));

        await().until(() -> installation.recorded().get(accepted.id()).equals("SUCCEEDED"));
        assertThat(deliveryStatus(driver, accepted)).isEqualTo("delivered");
        assertThat(installation.smsByTransaction().get(accepted.id())).hasSize(1);
    }

    @Test
    void without_a_secret_every_receipt_is_refused() {
        installation.vonage().tellReceipts(closed.uri(RECEIPT));
        Driver driver = installation.driver();

        Answer accepted = closed.ask(driver.token()).join();

        await().until(() -> closed.output().contains("Refused with 2102: Invalid sig parameter"));
        assertThat(closed.output()).contains("Delivery receipts are refused: pims.receipt.secret is not set");
        assertThat(deliveryStatus(driver, accepted)).isEqualTo("submitted");
    }

    @Test
    void the_other_replica_knows_it_too() {
        installation.vonage().tellReceipts(replica.uri(RECEIPT));
        Driver driver = installation.driver();
        Answer accepted = replica.ask(driver.token()).join();
        await().until(() -> "delivered".equals(deliveryStatus(driver, accepted)));

        assertThat(closed.get(driver.token(), accepted).join().header("Delivery-Status"))
                .isEqualTo("delivered");
    }
}
