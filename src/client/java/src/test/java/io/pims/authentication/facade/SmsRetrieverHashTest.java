package io.pims.authentication.facade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmsRetrieverHashTest {

    private final Path certificate =
            Path.of(SmsRetrieverHashTest.class.getResource("com.whatsapp.pem").getPath());

    /** The certificate that signs WhatsApp is public, and each of its SMS ends with this hash. */
    @Test
    void it_is_what_the_sms_of_a_known_app_carry() throws Exception {
        assertThat(print("com.whatsapp", certificate.toString()).strip()).isEqualTo("4sgLq1p5sV6");
    }

    /** What the script for it printed where keytool was missing: of a name alone. */
    @Test
    void it_is_what_the_shell_makes_of_a_name() {
        assertThat(SmsRetrieverHash.of("com.stuffer.stuffers", new byte[0])).isEqualTo("Xhf2+h0fqyI");
    }

    @Test
    void it_is_of_the_form_that_the_setting_takes() {
        assertThat(SmsRetrieverHash.of("com.example", new byte[] {-1, 0, 1})).matches("[A-Za-z0-9+/]{11}");
    }

    @Test
    void a_file_that_is_no_certificate_is_refused(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("none"), "none");

        assertThatExceptionOfType(CertificateException.class)
                .isThrownBy(() -> SmsRetrieverHash.main("com.example", file.toString()));
    }

    private static String print(String... arguments) throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            SmsRetrieverHash.main(arguments);
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
