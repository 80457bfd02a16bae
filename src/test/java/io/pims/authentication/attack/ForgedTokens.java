package io.pims.authentication.attack;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pims.authentication.sandbox.UsedSecrets;
import io.vertx.core.json.JsonObject;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tokens put together by hand, because no library would make them. */
public final class ForgedTokens {

    private ForgedTokens() {}

    /** RFC 7519, section 6: no signature. */
    static String unsecured(String algorithm, JsonObject claims) {
        return content(header(algorithm), claims.encode()) + ".";
    }

    /** Signed by a shared secret, which is here what everybody knows. */
    public static String byHmac(JsonObject header, JsonObject claims, byte[] secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            String content = content(header, claims.encode());
            return content + "." + base64Url(mac.doFinal(content.getBytes(UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Signed by whatever key. */
    public static String byRsa(JsonObject header, JsonObject claims, KeyPair keys) {
        return byRsa(header, claims.encode(), keys);
    }

    /** The same with claims that need not be JSON. */
    public static String byRsa(JsonObject header, String claims, KeyPair keys) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.getPrivate());
            String content = content(header, claims);
            signature.update(content.getBytes(UTF_8));
            String token = content + "." + base64Url(signature.sign());
            UsedSecrets.note(token);
            return token;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public static JsonObject header(String algorithm) {
        return new JsonObject().put("alg", algorithm).put("typ", "JWT");
    }

    private static String content(JsonObject header, String claims) {
        return base64Url(header.encode().getBytes(UTF_8)) + "." + base64Url(claims.getBytes(UTF_8));
    }

    static String base64Url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
