package io.pims.authentication.proxy;

import static io.pims.authentication.proxy.ForwardingHeader.FORWARDED;
import static io.pims.authentication.proxy.ForwardingHeader.X_FORWARDED_FOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pims.authentication.configuration.WrongSetting;
import io.pims.authentication.sms.TestConfig;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {

    private static final List<Network> TRUSTED = List.of(Network.parse("10.0.0.0/8"), Network.parse("2001:db8:a::/48"));
    private static final String PROXY = "10.0.0.1";
    private static final String CLIENT = "203.0.113.7";

    private static Optional<String> client(ForwardingHeader header, String peer, String... lines) {
        return new TrustedProxies(TRUSTED, header)
                .client(IpAddress.of(peer).orElseThrow(), List.of(lines))
                .map(IpAddress::client);
    }

    @Test
    void a_peer_that_is_not_trusted_is_the_client_whatever_he_says() {
        assertThat(client(X_FORWARDED_FOR, CLIENT, "192.0.2.1")).contains(CLIENT);
        assertThat(client(FORWARDED, CLIENT, "for=192.0.2.1")).contains(CLIENT);
        assertThat(client(X_FORWARDED_FOR, CLIENT, "unknown")).contains(CLIENT);
        assertThat(client(X_FORWARDED_FOR, CLIENT)).contains(CLIENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                CLIENT,
                " " + CLIENT + "\t",
                CLIENT + ":4711",
                CLIENT + ":_port",
                "::ffff:" + CLIENT,
                "[::ffff:" + CLIENT + "]:80",
                "192.0.2.1, " + CLIENT,
                "192.0.2.1," + CLIENT + ",10.1.1.1",
                "192.0.2.1, " + CLIENT + " ,, 10.1.1.1, ,2001:db8:a::1",
                "10.1.1.1, " + CLIENT + ", [2001:db8:a::1]:443",
                "unknown, " + CLIENT,
                "\", " + CLIENT,
            })
    void the_rightmost_address_that_no_trusted_proxy_has_is_the_clients(String line) {
        assertThat(client(X_FORWARDED_FOR, PROXY, line)).contains(CLIENT);
        assertThat(client(X_FORWARDED_FOR, "::ffff:" + PROXY, line)).contains(CLIENT);
    }

    @Test
    void several_lines_are_one_list() {
        assertThat(client(X_FORWARDED_FOR, PROXY, "192.0.2.1", CLIENT + ", 10.1.1.1", "", "10.2.2.2"))
                .contains(CLIENT);
        assertThat(client(FORWARDED, PROXY, "for=192.0.2.1;x=\"", "for=" + CLIENT, "for=10.2.2.2"))
                .contains(CLIENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ",,",
                "unknown",
                "_hidden",
                "client.example",
                "192.0.2.1, unknown",
                "192.0.2.1, _hidden, 10.1.1.1",
                "192.0.2.1, for=203.0.113.7",
                "10.1.1.1, 10.2.2.2",
                "203.0.113.7.1",
                "203.0.113.7:port",
                "203.0.113.7:123456",
                "203.0.113.7 203.0.113.8",
                "\"203.0.113.7\"",
                "[203.0.113.7]",
                "[2001:db8::1",
                "2001:db8::1]",
                "[]",
                "[[::1]]",
                "[::1]x",
            })
    void what_is_no_address_is_none_and_nothing_before_it_is_believed(String line) {
        assertThat(client(X_FORWARDED_FOR, PROXY, line)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "for=203.0.113.7 | 203.0.113.7",
                "For=\"203.0.113.7:4711\" | 203.0.113.7",
                "for=203.0.113.7:4711 | 203.0.113.7",
                "for=192.0.2.1, for=203.0.113.7;proto=https;by=10.0.0.1 | 203.0.113.7",
                "proto=https ; by=\"_a,b;for=c\" ; FOR=203.0.113.7 | 203.0.113.7",
                "for=203.0.113.7; | 203.0.113.7",
                "for=192.0.2.1;x=\", for=203.0.113.7 | 203.0.113.7",
                "for=192.0.2.1;x=\", for=\"203.0.113.7\" | 203.0.113.7",
                "for=\"[2001:db8::1]:4711\" | 20010db800000000",
                "for=\"[2001:db8::1]\", for=\"[2001:db8:a::1]:80\" | 20010db800000000",
                "for=[2001:db8::1] | 20010db800000000",
                "for=\"[2001:db8::1%25eth0]:80\" | 20010db800000000",
                "for=unknown | ''",
                "for=_hidden | ''",
                "for=\"_hidden:_port\" | ''",
                "for= | ''",
                "for | ''",
                "for=\"203.0.113.7 | ''",
                "for=203.0.113.7;for=192.0.2.1 | ''",
                "for =203.0.113.7 | ''",
                "203.0.113.7 | ''",
                "proto=https | ''",
                "for=192.0.2.1, proto=https | ''",
                "for=192.0.2.1, for=unknown | ''",
                "for=192.0.2.1;x=\"a, for=10.1.1.1 | ''",
                "for=\"\\2\\0\\3.0.113.7\" | ''",
            })
    void of_the_standards_header_it_is_the_for_parameter(String line, String client) {
        assertThat(client(FORWARDED, PROXY, line).orElse("")).isEqualTo(client);
    }

    @Test
    void a_way_of_more_than_31_proxies_is_not_walked() {
        assertThat(client(X_FORWARDED_FOR, PROXY, CLIENT + ",10.1.1.1".repeat(30)))
                .contains(CLIENT);
        assertThat(client(X_FORWARDED_FOR, PROXY, CLIENT + ",10.1.1.1".repeat(31)))
                .isEmpty();
    }

    @Test
    @Timeout(5)
    void a_huge_header_costs_little() {
        for (String piece : List.of(",", "\"", "a", "[", ":", ";", "for=", "1.", "\\\"", " ", "for=\"\\\"")) {
            String line = piece.repeat(1_000_000);
            assertThat(client(X_FORWARDED_FOR, PROXY, line)).isEmpty();
            assertThat(client(FORWARDED, PROXY, line)).isEmpty();
        }
        assertThat(client(
                        X_FORWARDED_FOR,
                        PROXY,
                        Collections.nCopies(100_000, ",").toArray(String[]::new)))
                .isEmpty();
    }

    @Property(tries = 5_000)
    void whatever_a_client_sends_the_address_that_the_proxies_saw_is_his(@ForAll("anything") List<String> sent) {
        for (String seen : List.of(CLIENT, "2001:db8::7")) {
            Optional<String> expected = IpAddress.of(seen).map(IpAddress::client);
            String[] appended =
                    Stream.concat(sent.stream(), Stream.of(seen, "10.1.1.1")).toArray(String[]::new);

            assertThat(client(X_FORWARDED_FOR, PROXY, appended)).isEqualTo(expected);
            assertThat(client(X_FORWARDED_FOR, PROXY, String.join(", ", appended)))
                    .isEqualTo(expected);
            String[] standard = Stream.concat(
                            sent.stream(), Stream.of("for=\"[::ffff:10.1.1.2]:1\";by=_x", "for=10.1.1.1"))
                    .toArray(String[]::new);
            standard[sent.size()] = "proto=http;for=\"" + (seen.equals(CLIENT) ? seen : "[" + seen + "]") + "\"";
            assertThat(client(FORWARDED, PROXY, standard)).isEqualTo(expected);
            assertThat(client(FORWARDED, PROXY, String.join(",", standard))).isEqualTo(expected);
        }
    }

    @Property(tries = 5_000)
    void no_header_makes_it_fail_or_names_a_trusted_proxy(@ForAll("anything") List<String> lines) {
        for (ForwardingHeader header : ForwardingHeader.values()) {
            Optional<IpAddress> found = new TrustedProxies(TRUSTED, header)
                    .client(IpAddress.of(PROXY).orElseThrow(), lines);

            assertThat(found.filter(new TrustedProxies(TRUSTED, header)::trust)).isEmpty();
        }
    }

    @Provide
    Arbitrary<List<String>> anything() {
        Arbitrary<String> pieces = Arbitraries.of(
                "203.0.113.9",
                "10.1.1.1",
                "2001:db8::1",
                "::ffff:10.0.0.1",
                "[",
                "]",
                ":80",
                "\"",
                "\\",
                ",",
                ", ",
                ";",
                "for=",
                "for=\"",
                "proto=https",
                "%",
                "_x",
                "unknown",
                " ",
                "=",
                "\u0000",
                "é");
        return Arbitraries.oneOf(
                        pieces.list().ofMaxSize(12).map(parts -> String.join("", parts)),
                        Arbitraries.strings().ofMaxLength(60))
                .list()
                .ofMaxSize(4);
    }

    @Test
    void that_quarkus_shall_read_the_headers_as_well_stops_the_start() {
        ProxyConfig config = TestConfig.of(ProxyConfig.class, "pims.proxy.trusted", "10.0.0.0/8");

        assertThatThrownBy(() -> new ClientAddresses(config, true))
                .isInstanceOf(WrongSetting.class)
                .hasMessage("quarkus.http.proxy.proxy-address-forwarding must not be set: name the proxies in"
                        + " pims.proxy.trusted, and their header in pims.proxy.header");
    }

    @Test
    void nobody_is_trusted_unless_he_is_named() {
        ProxyConfig config = TestConfig.of(ProxyConfig.class);

        assertThat(config.trusted()).isEmpty();
        assertThat(config.header()).isEqualTo(X_FORWARDED_FOR);
        assertThat(TestConfig.of(ProxyConfig.class, "pims.proxy.header", "forwarded")
                        .header())
                .isEqualTo(FORWARDED);
    }
}
