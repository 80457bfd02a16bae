package io.pims.authentication.sandbox;

import static java.util.Map.entry;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Where the sandbox's parts are to be found. Asking for the address of a part starts it, so these are not listed:
 * whoever walks over all names, as the build does, starts nothing. The others are, for Quarkus does not ask for some
 * that nobody lists.
 */
final class SandboxConfigSource implements ConfigSource {

    /** Above every {@code application.properties}, below {@code .env}, the environment and system properties. */
    private static final int ORDINAL = 265;

    private static final String SIM_SWAP = "pims.risk.sim-swap";
    private static final String EVENT_STREAMS = "org.jboss.resteasy.reactive.server.handlers.PublisherResponseHandler";

    private final Map<String, Supplier<String>> values;
    private final Set<String> listed;

    /** @param simSwap how the sandbox's operator is asked, a value of {@code pims.risk.sim-swap.mode} */
    SandboxConfigSource(Path folder, SandboxRoads roads, String simSwap) {
        Sandbox sandbox = Sandbox.in(folder);
        Map<String, Supplier<String>> addresses =
                new HashMap<>(roads.addresses(api -> sandbox.vonage().baseUri(api)));
        addresses.put(
                "quarkus.datasource.reactive.url", () -> sandbox.database().url());
        addresses.put("quarkus.datasource.jdbc.url", () -> sandbox.database().jdbcUrl());
        addresses.put(
                SIM_SWAP + ".camara.url", () -> sandbox.operator().checkUrl().toString());
        addresses.put(
                SIM_SWAP + ".camara.token-url",
                () -> sandbox.operator().tokenUrl().toString());
        ThrowawayKeys keys = new ThrowawayKeys(folder);
        Map<String, Supplier<String>> others = new HashMap<>(roads.accounts());
        others.putAll(Map.ofEntries(
                entry(SandboxConfigSourceFactory.FOLDER, folder::toString),
                // A page that is closed is no error, though its stream of events breaks.
                entry("quarkus.log.category.\"" + EVENT_STREAMS + "\".level", () -> "OFF"),
                entry("quarkus.datasource.username", () -> SandboxDatabase.USER),
                entry("quarkus.datasource.password", () -> SandboxDatabase.PASSWORD),
                entry("quarkus.oidc.public-key", () -> sandbox.issuer().publicKey()),
                entry("pims.token.issuer", () -> ThrowawayIssuer.ISSUER),
                entry("pims.token.audience", () -> ThrowawayIssuer.AUDIENCE),
                entry("pims.smscode.keys", () -> keys.keyring("smscode")),
                entry("pims.trustedphonenumber.encryption-keys", () -> keys.keyring("number-encryption")),
                entry("pims.trustedphonenumber.hash-key", () -> keys.keyring("number-hash")),
                entry("pims.trustedphonenumber.default-region", () -> "FR"),
                entry("pims.pincode.peppers", () -> keys.keyring("pincode-pepper")),
                entry(SIM_SWAP + ".mode", () -> simSwap),
                entry(SIM_SWAP + ".provider", () -> "camara"),
                entry(SIM_SWAP + ".camara.client-id", () -> FakeOperator.CLIENT_ID),
                entry(SIM_SWAP + ".camara.client-secret", () -> FakeOperator.CLIENT_SECRET),
                entry("pims.sms.sender", () -> "PIMS")));
        values = new HashMap<>(addresses);
        values.putAll(others);
        listed = others.keySet();
    }

    @Override
    public String getValue(String name) {
        Supplier<String> value = values.get(name);
        return value == null ? null : value.get();
    }

    @Override
    public Set<String> getPropertyNames() {
        return listed;
    }

    @Override
    public int getOrdinal() {
        return ORDINAL;
    }

    @Override
    public String getName() {
        return "sandbox";
    }
}
