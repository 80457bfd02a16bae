package io.pims.authentication.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pims.authentication.replica.Installation.Driver;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Two replicas with a new key at the front, over numbers that are under the former one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoReplicasKeysIT {

    private static final String KEYS = "pims.trustedphonenumber.encryption-keys";
    private static final Duration LONGEST_ROTATION = Duration.ofSeconds(90);
    private static final Duration LONGEST_SEND = Duration.ofSeconds(60);

    /** More than two bites. */
    private static final int DRIVERS = 2_200;

    private Installation installation;
    private List<Replica> replicas;
    private List<Driver> drivers;

    @BeforeAll
    void numbers_under_a_key_that_is_not_the_first_any_more() {
        installation = new Installation(TwoReplicasKeysIT.class);
        Replica before = installation.start();
        drivers = installation.drivers(DRIVERS);
        before.close();
        Map<String, String> settings = new HashMap<>(Replicas.UNLIMITED);
        settings.put(KEYS, newKey() + "," + installation.settings().get(KEYS));
        replicas = installation.start(2, settings);
    }

    @AfterAll
    void stop() {
        installation.close();
    }

    private static String newKey() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return "new:" + Base64.getEncoder().encodeToString(key);
    }

    private long under(String key) {
        return installation.count("SELECT count(*) FROM trusted_phone_number WHERE number_key_id = '" + key + "'");
    }

    private String numberOnFile(Driver driver) {
        return replicas.get(1)
                .get("/v1/authentication/trustedphonenumber", driver.token())
                .join()
                .message()
                .getJsonObject("result")
                .getString("phoneNumber");
    }

    private String certificationCode(Driver driver, String number) {
        Answer accepted = replicas.get(0)
                .send(
                        "POST",
                        Replica.SMSCODE,
                        driver.token(),
                        new JsonObject().put("type", "phoneNumberCertification").put("phoneNumber", number))
                .join();
        await().atMost(LONGEST_SEND).until(() -> installation.smsByTransaction().containsKey(accepted.id()));
        String text = installation.smsByTransaction().get(accepted.id()).get(0).text();
        return text.substring(text.lastIndexOf('#') + 1);
    }

    @Test
    void all_numbers_come_under_the_first_key_and_who_certifies_another_meanwhile_has_that_one() {
        Map<Driver, String> changed = new HashMap<>();
        for (Driver driver : drivers.subList(0, 10)) {
            String number = installation.newDriver().number();
            Answer answer = replicas.get(0)
                    .send(
                            "PUT",
                            Replica.SMSCODE,
                            driver.token(),
                            new JsonObject()
                                    .put("action", "modifyPhoneNumber")
                                    .put("phoneNumber", number)
                                    .put("smsCode", certificationCode(driver, number)))
                    .join();
            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
            changed.put(driver, number);
        }

        await().atMost(LONGEST_ROTATION).until(() -> under("it") == 0);

        assertThat(under("new")).isEqualTo(DRIVERS);
        changed.forEach((driver, number) -> assertThat(numberOnFile(driver)).isEqualTo(number));
        for (Driver driver : List.of(drivers.get(10), drivers.get(1_000), drivers.get(DRIVERS - 1))) {
            assertThat(numberOnFile(driver)).isEqualTo(driver.number());
        }
    }
}
