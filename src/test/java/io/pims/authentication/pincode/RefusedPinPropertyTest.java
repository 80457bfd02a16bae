package io.pims.authentication.pincode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.pims.authentication.caller.Caller;
import io.pims.authentication.driver.Driver;
import io.pims.authentication.http.ApiException;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** No PIN that the policy refuses is ever stored: it is refused before anything that could store it is asked. */
class RefusedPinPropertyTest {

    private static final PinPolicy POLICY = new PinPolicy(TestPeppers.config(TestPeppers.ONE));
    private static final Caller CALLER = new Caller(
            new Driver("driver", Optional.empty(), Optional.empty()),
            new UUID(1, 2),
            "en",
            Optional.empty(),
            Optional.empty());

    /** There is nothing behind them: to touch it would be a NullPointerException. */
    private final PinReset reset = new PinReset(null, POLICY, null, null, null, null, null, null, null, null, null);

    private final PinUpdate update = new PinUpdate(null, POLICY, null, null, null, null, null, null, null, null);

    @Property(tries = 500)
    void a_refused_pin_ends_a_reset_before_it_begins(@ForAll("refused") String pin) {
        Throwable refusal = outcome(reset.reset(CALLER, "048213", pin));

        assertThat(refusal).isInstanceOf(ApiException.class).hasMessage("Invalid pinCode parameter");
    }

    @Property(tries = 500)
    void a_refused_pin_ends_an_update_before_it_begins(@ForAll("refused") String pin) {
        Throwable refusal = outcome(update.update(CALLER, "839517", pin));

        assertThat(refusal).isInstanceOf(ApiException.class).hasMessage("Invalid newPIN parameter");
    }

    @Property(tries = 50)
    void an_allowed_pin_goes_on(@ForAll("allowed") String pin) {
        Throwable failure = catchThrowable(
                () -> update.update(CALLER, "839517", pin).await().indefinitely());

        assertThat(failure).isNotNull().isNotInstanceOf(ApiException.class);
    }

    @Provide
    Arbitrary<String> refused() {
        return Arbitraries.oneOf(digits(), Arbitraries.strings().ofMaxLength(12))
                .filter(100_000, pin -> !POLICY.allows(pin));
    }

    @Provide
    Arbitrary<String> allowed() {
        return digits().filter(POLICY::allows);
    }

    private static Arbitrary<String> digits() {
        return Arbitraries.strings().numeric().ofLength(6);
    }

    private static Throwable outcome(Uni<Void> change) {
        return catchThrowable(() -> change.await().indefinitely());
    }
}
