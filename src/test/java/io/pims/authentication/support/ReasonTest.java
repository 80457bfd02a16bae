package io.pims.authentication.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class ReasonTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Phone lost, identity seen, ticket 48213",
                "INC00482135",
                "Téléphone volé (dossier n° 48-213)",
                "Χάθηκε το τηλέφωνο, 48213",
                "2026-11-29: PIN blocked"
            })
    void a_few_words_and_a_ticket_are_taken_as_they_are(String reason) {
        assertThat(Reason.require(reason)).isEqualTo(reason);
    }

    @Test
    void two_hundred_characters_are_taken_and_one_more_is_not() {
        assertThat(Reason.require("x".repeat(200))).hasSize(200);
        refused("x".repeat(201));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "called from +33612345678",
                "called from 06 12 34 56 78",
                "called from (0)6.12-34/56 78",
                "called from 06\u201112\u201334_56\u201478",
                "write to driver@example.com",
                "card 4970 1012 3456"
            })
    void what_reads_like_a_number_of_somebody_or_an_address_is_refused(String personal) {
        refused(personal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " ",
                "---",
                "lost\nphone",
                "lost\tphone",
                "lost\u0000",
                "lost\ud800",
                "lost \u202e phone",
                "٠٤٨٢١٣",
                "lost\u2028phone"
            })
    void what_is_blank_or_can_not_be_read_is_refused(String unreadable) {
        refused(unreadable);
    }

    @ParameterizedTest
    @NullAndEmptySource
    void none_is_refused(String none) {
        assertThatThrownBy(() -> Reason.require(none))
                .hasMessageContaining(none == null ? "Missing reason" : "Invalid reason");
    }

    private static void refused(String reason) {
        assertThatThrownBy(() -> Reason.require(reason)).hasMessageContaining("Invalid reason parameter");
    }
}
