package io.pims.authentication.configuration;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncryptedAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://rest.nexmo.com",
                "HTTPS://rest.nexmo.com/",
                "https://rest.nexmo.com:8443/path",
                "https://10.0.0.1",
                "http://localhost:8080",
                "http://LOCALHOST",
                "http://provider.localhost:1",
                "http://127.0.0.1:1",
                "http://127.1.2.3",
                "http://[::1]:8080/realms/x",
            })
    void https_and_this_host_itself_are_taken(String address) {
        assertThatCode(() -> EncryptedAddress.require("a.key", address)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "rest.nexmo.com",
                "//rest.nexmo.com",
                "/sms",
                "https:",
                "https://",
                "https:///sms",
                "https:rest.nexmo.com",
                "http://rest.nexmo.com",
                "HTTP://rest.nexmo.com",
                "http://10.0.0.1",
                "http://0.0.0.0",
                "http://[::]",
                "http://[::ffff:10.0.0.1]",
                "http://localhost.example",
                "http://notlocalhost",
                "http://127.0.0.1.example",
                "http://1127.0.0.1",
                "http://localhost@rest.nexmo.com",
                "https://key:secret@rest.nexmo.com",
                "https://rest.nexmo.com#x",
                "ftp://rest.nexmo.com",
                "ws://localhost",
                "file:///etc/passwd",
                "https://rest nexmo.com",
                "https://rest_nexmo.com",
                "javascript:alert(1)",
            })
    void any_other_stops_the_start_by_one_line_that_names_the_key_and_not_the_address(String address) {
        assertThatThrownBy(() -> EncryptedAddress.require("a.key", address))
                .isInstanceOf(WrongSetting.class)
                .hasMessageMatching("a\\.key must be [^\n]*")
                .hasMessageNotContaining("secret");
    }
}
