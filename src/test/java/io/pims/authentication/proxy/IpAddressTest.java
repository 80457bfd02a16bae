package io.pims.authentication.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {

    private static IpAddress address(String text) {
        return IpAddress.of(text).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203.0.113.7",
        "::ffff:203.0.113.7, 203.0.113.7",
        "::ffff:cb00:7107, 203.0.113.7",
        "0:0:0:0:0:FFFF:203.0.113.7, 203.0.113.7",
        "64:ff9b::203.0.113.7, 203.0.113.7",
        "64:ff9b::cb00:7107, 203.0.113.7",
        "::ffff:0:203.0.113.7, 203.0.113.7",
        "2002:cb00:7107::1, 203.0.113.7",
        "2002:cb00:7107:ffff::1, 203.0.113.7",
        "2001:0:4136:e378:8000:63bf:34ff:8ef8, 203.0.113.7",
        "2001:db8::1, 20010db800000000",
        "2001:DB8:0:0:ffff::, 20010db800000000",
        "2001:db8:0:1::1, 20010db800000001",
        "::1, 0000000000000000",
        "64:ff9b:1::203.0.113.7, 0064ff9b0001000000000000cb007107",
        "64:ff9b:1:cb00:71:700::, 0064ff9b0001cb000071070000000000",
    })
    void one_client_is_an_IPv4_address_or_a_subscribers_network(String text, String client) {
        assertThat(address(text).client()).isEqualTo(client);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "unknown",
                "_hidden",
                "localhost",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "1.2.3.4:80",
                "[::1]",
                "::1%lo",
                ":::",
                "2001:db8",
                "12345::",
                "1:2:3:4:5:6:7:8:9",
                "::1.2.3.4.5",
                "\u0661.1.1.1",
            })
    void what_is_no_address_is_none(String text) {
        assertThat(IpAddress.of(text)).isEmpty();
    }

    @Test
    void its_text_does_not_tell_it() {
        assertThat(address("203.0.113.7").toString() + address("2001:db8::1")).isEqualTo("IPv4IPv6");
    }

    @Property
    void no_text_makes_it_fail(@ForAll String text) {
        assertThat(IpAddress.of(text)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.0.1, 11.0.0.1",
        "10.9.8.7/8, 10.0.0.1, 9.255.255.255",
        "10.0.0.0/9, 10.127.0.1, 10.128.0.1",
        "192.0.2.128/25, 192.0.2.255, 192.0.2.127",
        "192.0.2.7, 192.0.2.7, 192.0.2.6",
        "192.0.2.7/32, ::ffff:192.0.2.7, 64:ff9b::192.0.2.7",
        "::ffff:10.0.0.0/104, 10.1.1.1, 11.1.1.1",
        "2001:db8::/32, 2001:db8:ffff::1, 2001:db9::1",
        "2001:db8::/33, 2001:db8:7fff::1, 2001:db8:8000::1",
        "::1, ::1, ::2",
        "0.0.0.0/0, 203.0.113.7, ::1",
        "::/0, ::1, 203.0.113.7",
    })
    void a_network_has_the_addresses_with_its_first_bits_and_no_others(String network, String inside, String outside) {
        assertThat(Network.parse(network).contains(address(inside))).isTrue();
        assertThat(Network.parse(network).contains(address(outside))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/8",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/8/8",
                "10.0.0/8",
                "::/129",
                "::ffff:10.0.0.0/95",
                "gateway",
                "10.0.0.1:80",
                "[::1]"
            })
    void another_network_is_refused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Network.parse(text));
    }
}
