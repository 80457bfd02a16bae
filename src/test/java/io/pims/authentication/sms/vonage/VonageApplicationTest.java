package io.pims.authentication.sms.vonage;

import static io.pims.authentication.sms.vonage.TestVonage.APPLICATION;
import static io.pims.authentication.sms.vonage.TestVonage.PRIVATE_KEY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** The token beside the SDK; which ids and keys are taken, {@code VonageAccountTest} shows. */
class VonageApplicationTest {

    private final VonageApplication application = VonageApplication.of("pims.any", APPLICATION, PRIVATE_KEY);

    private static JsonObject json(String part) {
        return new JsonObject(new String(Base64.getUrlDecoder().decode(part), UTF_8));
    }

    private static boolean verifies(String[] parts) throws Exception {
        byte[] key = Base64.getMimeDecoder().decode(PRIVATE_KEY.replaceAll("-----[A-Z ]+-----", ""));
        KeyFactory rsa = KeyFactory.getInstance("RSA");
        RSAPrivateCrtKey secret = (RSAPrivateCrtKey) rsa.generatePrivate(new PKCS8EncodedKeySpec(key));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(rsa.generatePublic(new RSAPublicKeySpec(secret.getModulus(), secret.getPublicExponent())));
        signature.update((parts[0] + "." + parts[1]).getBytes(UTF_8));
        return signature.verify(Base64.getUrlDecoder().decode(parts[2]));
    }

    @Test
    void a_token_is_signed_by_the_key_and_names_the_application_and_now() throws Exception {
        String[] parts = application.token().split("\\.");

        assertThat(verifies(parts)).isTrue();
        assertThat(json(parts[0]).getString("alg")).isEqualTo("RS256");
        JsonObject claims = json(parts[1]);
        assertThat(claims.getString("application_id")).isEqualTo(APPLICATION);
        long now = Instant.now().getEpochSecond();
        assertThat(claims.getLong("iat")).isBetween(now - 60, now);
    }

    @Test
    void each_request_has_a_token_of_its_own() {
        assertThat(application.token()).isNotEqualTo(application.token());
    }

    @Test
    void the_key_is_not_told() {
        assertThat(application.toString()).doesNotContain(PRIVATE_KEY.substring(30, 60));
    }
}
