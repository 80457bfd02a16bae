package io.pims.authentication.sms.vonage;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pims.authentication.configuration.WrongSetting;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VonageApiTest {

    @RegisterExtension
    final TestVonage messages = new TestVonage(VonageApi.MESSAGES);

    @ParameterizedTest
    @CsvSource({
        "SMS, https://api.nexmo.com, sms",
        "SMS, https://API.nexmo.com:443/, sms",
        "MESSAGES, https://rest.nexmo.com, messages"
    })
    void the_host_of_the_other_API_is_refused(VonageApi api, URI address, String word) {
        assertThatThrownBy(() -> api.requireNoOther("x.base-uri", address))
                .isInstanceOf(WrongSetting.class)
                .hasMessage("x.base-uri is that of the other API: api says " + word);
    }

    @ParameterizedTest
    @CsvSource({
        "SMS, https://rest.nexmo.com",
        "SMS, https://api.nexmo.com.example",
        "MESSAGES, https://api.nexmo.com",
        "MESSAGES, https://api-eu.vonage.com",
        "MESSAGES, http://127.0.0.1:8080"
    })
    void any_other_host_is_not(VonageApi api, URI address) {
        assertThatCode(() -> api.requireNoOther("x.base-uri", address)).doesNotThrowAnyException();
    }

    @Test
    void the_host_of_the_other_API_stops_the_start() {
        assertThatThrownBy(() -> messages.sender(URI.create("https://rest.nexmo.com"), 1))
                .isInstanceOf(WrongSetting.class)
                .hasMessageStartingWith("pims.sms.vonage.base-uri ");
    }
}
