package io.pims.authentication.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class SubmittedSmsTest {

    @Property
    void a_number_is_shown_with_one_plus_however_it_came(@ForAll @NumericChars @StringLength(min = 1) String digits) {
        assertThat(SubmittedSms.e164(digits)).isEqualTo("+" + digits);
        assertThat(SubmittedSms.e164("+" + digits)).isEqualTo("+" + digits);
        assertThat(SubmittedSms.e164(" " + digits)).isEqualTo("+" + digits);
    }

    @Test
    void the_inbox_keeps_the_newest() {
        Inbox inbox = new Inbox();

        IntStream.rangeClosed(0, Inbox.CAPACITY)
                .mapToObj(n -> new ReceivedMessage("+1", "Pims", "text " + n, null, Instant.EPOCH, ProviderApi.SMS))
                .forEach(inbox::add);

        assertThat(inbox.all()).hasSize(Inbox.CAPACITY);
        assertThat(inbox.all().get(0).text()).isEqualTo("text 1");
    }
}
