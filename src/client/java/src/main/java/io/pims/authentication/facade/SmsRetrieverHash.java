package io.pims.authentication.facade;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Base64;

/**
 * Computes by which hash in an SMS Android knows the app that it is for, as <a
 * href="https://developers.google.com/identity/sms-retriever/verify">SMS Retriever</a> says: of the package's name and the
 * certificate that signs what drivers install. For a shell, {@code SmsRetrieverHash PACKAGE CERTIFICATE}; R8 takes it out
 * of an app.
 */
public final class SmsRetrieverHash {

    private static final int CHARACTERS = 11;

    private SmsRetrieverHash() {}

    /**
     * The hash.
     *
     * @param packageName of the app, its application id
     * @param certificate X.509, in DER
     * @return 11 characters of Base64, for {@code pims.sms.android-hash}
     */
    public static String of(String packageName, byte[] certificate) {
        StringBuilder text = new StringBuilder(packageName).append(' ');
        for (byte each : certificate) {
            text.append(Character.forDigit(each >> 4 & 0xf, 16)).append(Character.forDigit(each & 0xf, 16));
        }
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest).substring(0, CHARACTERS);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Prints the hash.
     *
     * @param arguments the package's name, and a file with the certificate in DER or PEM
     * @throws IOException if the file can't be read
     * @throws CertificateException if it holds no certificate
     */
    public static void main(String... arguments) throws IOException, CertificateException {
        if (arguments.length != 2) {
            System.err.println("Usage: SmsRetrieverHash PACKAGE CERTIFICATE");
            return;
        }
        try (InputStream file = Files.newInputStream(Paths.get(arguments[1]))) {
            byte[] certificate = CertificateFactory.getInstance("X.509")
                    .generateCertificate(file)
                    .getEncoded();
            System.out.println(of(arguments[0], certificate));
        }
    }
}
