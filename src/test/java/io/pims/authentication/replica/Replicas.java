package io.pims.authentication.replica;

import io.pims.authentication.sandbox.FakeVonage;
import io.pims.authentication.trustedphonenumber.NumberVault;
import io.pims.authentication.trustedphonenumber.PhoneNumber;
import io.pims.authentication.trustedphonenumber.SealedNumber;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The replicas of one installation, and what they share whoever starts them: keys, an issuer of tokens and the drivers'
 * numbers. Integration tests, load tests, measurements and experiments start their replicas here.
 */
public final class Replicas implements AutoCloseable {

    /** Limits of requests for codes that refuse nobody, and are counted all the same. */
    public static final Map<String, String> UNLIMITED = Map.of(
            "pims.ratelimit.user-and-type", "100000/30s",
            "pims.ratelimit.user", "100000/1h,1000000/1d",
            "pims.ratelimit.number", "100000/1h,1000000/1d",
            "pims.ratelimit.service", "1000000/1s",
            "pims.budget.total.hour", "100000000",
            "pims.budget.total.day", "100000000");

    private final InstallationKeys keys = new InstallationKeys();
    private final OpenIdIssuer issuer = new OpenIdIssuer().open();
    private final Queue<Replica> launched = new ConcurrentLinkedQueue<>();

    /**
     * How a replica reaches its database.
     *
     * @param reactiveUrl one, or several separated by commas
     */
    public record DatabaseAccess(String reactiveUrl, String jdbcUrl, String user, String password) {}

    /**
     * All that must be set, and no warm-up; the caller may change it.
     *
     * @param provider the base URI of the fake Vonage
     */
    public Map<String, String> settings(DatabaseAccess database, String provider) {
        Map<String, String> settings = new HashMap<>(keys.settings());
        settings.put("quarkus.datasource.reactive.url", database.reactiveUrl());
        settings.put("quarkus.datasource.jdbc.url", database.jdbcUrl());
        settings.put("quarkus.datasource.username", database.user());
        settings.put("quarkus.datasource.password", database.password());
        settings.put("pims.token.issuer", issuer.issuer());
        settings.put("pims.token.audience", OpenIdIssuer.AUDIENCE);
        settings.put("pims.readiness.warm-up", "0s");
        settings.put("pims.sms.sender", "PIMS");
        settings.put("pims.sms.vonage.api-key", FakeVonage.API_KEY);
        settings.put("pims.sms.vonage.api-secret", FakeVonage.API_SECRET);
        settings.put("pims.sms.vonage.base-uri", provider);
        return settings;
    }

    /** Begins to start what is to be tested, the executable or the jar; {@link Replica#awaitReady()} waits for it. */
    public Replica launch(String name, Map<String, String> settings) {
        return added(Replica.launch(name, settings));
    }

    /** The jar by another JVM: its executable and options. */
    public Replica launch(String name, Map<String, String> settings, List<String> java) {
        return added(Replica.launch(name, settings, java));
    }

    /** The same from another folder than that of the build. */
    public Replica launch(String name, Map<String, String> settings, List<String> java, Path application) {
        return added(Replica.launch(name, settings, java, application));
    }

    private Replica added(Replica replica) {
        launched.add(replica);
        return replica;
    }

    public OpenIdIssuer issuer() {
        return issuer;
    }

    /**
     * Puts numbers on file, as one transaction.
     *
     * @param numbers in E.164, by the user
     */
    public void certify(Connection connection, Map<String, String> numbers) throws SQLException {
        NumberVault vault = keys.vault();
        String insert = "INSERT INTO trusted_phone_number (user_id, number, number_key_id, number_hash)"
                + " VALUES (?, ?, ?, ?)";
        connection.setAutoCommit(false);
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            for (Map.Entry<String, String> each : numbers.entrySet()) {
                SealedNumber sealed = vault.seal(new PhoneNumber(each.getValue()), each.getKey());
                statement.setString(1, each.getKey());
                statement.setBytes(2, sealed.ciphertext());
                statement.setString(3, sealed.keyId());
                statement.setBytes(4, sealed.hash());
                statement.addBatch();
            }
            statement.executeBatch();
        }
        connection.commit();
        connection.setAutoCommit(true);
    }

    /** Ends all processes; the issuer stays. */
    public void kill() {
        launched.forEach(Replica::close);
    }

    @Override
    public void close() {
        kill();
        issuer.close();
    }
}
