package io.pims.authentication.facade

import io.pims.authentication.ScriptedServer
import io.pims.authentication.ScriptedServer.http
import io.pims.authentication.facade.ScriptedService.envelope
import io.pims.authentication.facade.ScriptedService.failed
import io.pims.authentication.facade.ScriptedService.pending
import io.pims.authentication.facade.ScriptedService.succeeded
import io.pims.authentication.facade.ScriptedService.untilClosed
import io.pims.authentication.facade.coroutines.CallState
import io.pims.authentication.facade.coroutines.Failed
import io.pims.authentication.facade.coroutines.Outcome
import io.pims.authentication.facade.coroutines.Pending
import io.pims.authentication.facade.coroutines.Succeeded
import io.pims.authentication.facade.coroutines.awaitGet
import io.pims.authentication.facade.coroutines.awaitSet
import io.pims.authentication.facade.coroutines.states
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit.SECONDS
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout

@Timeout(60)
class CoroutinesTest {

    private val pims = Pims()

    @AfterEach
    fun release() = pims.release()

    @Test
    fun a_code_is_asked_for_by_a_suspending_function() = with(pending(), succeeded()) {
        val outcome = pims.awaitGet("pims.authentication.smscode", "type" to "resetPIN")

        assertThat(outcome).isInstanceOf(Succeeded::class.java)
        assertThat(outcome.transactionId).isEqualTo(ScriptedService.ID)
    }

    @Test
    fun each_outcome_is_a_type() = with(
        http("200 OK", envelope("SUCCEEDED", "\"result\":{\"phoneNumber\":\"+33612345678\"}")),
        failed("400 Bad Request", 2305, "The sms code is invalid"),
    ) {
        val number = pims.awaitGet("pims.authentication.trustedphonenumber")
        val reset = pims.awaitSet(
            "pims.authentication.pincode", "action" to "reset", "smsCode" to "012345", "pinCode" to "048213")

        assertThat(describe(number)).isEqualTo("succeeded +33612345678")
        assertThat(number.toString()).doesNotContain("33612345678")
        assertThat(describe(reset)).isEqualTo("failed 2305 The sms code is invalid")
    }

    @Test
    fun the_states_are_a_flow_that_ends() = with(pending(), pending(), succeeded()) {
        val states = pims.states("pims.authentication.smscode", "type" to "resetPIN").toList()

        assertThat(states.map { it.javaClass.simpleName }).containsExactly("Pending", "Succeeded")
        assertThat(states.map(CallState::transactionId)).containsOnly(ScriptedService.ID)
    }

    @Test
    fun a_cancelled_coroutine_gives_its_call_up() {
        val cut = CountDownLatch(1)
        with(untilClosed(cut::countDown)) { service ->
            val job = launch(Dispatchers.Default) { pims.awaitGet("pims.authentication.smscode", "type" to "resetPIN") }
            service.request()

            job.cancelAndJoin()

            assertThat(cut.await(20, SECONDS)).isTrue()
        }
    }

    @Test
    fun a_collector_that_has_enough_gives_its_call_up() {
        val cut = CountDownLatch(1)
        with(pending(), untilClosed(cut::countDown)) {
            val state = pims.states("pims.authentication.smscode", "type" to "resetPIN").first()

            assertThat(state).isEqualTo(Pending(ScriptedService.ID))
            assertThat(cut.await(20, SECONDS)).isTrue()
        }
    }

    @Test
    fun a_release_ends_a_coroutine_that_waits() = with(ScriptedService.untilClosed {}) { service ->
        val outcome = async(Dispatchers.Default) { pims.awaitGet("pims.authentication.smscode", "type" to "resetPIN") }
        service.request()

        pims.release()

        assertThat((outcome.await() as Failed).code).isEqualTo(2001)
    }

    private fun describe(outcome: Outcome): String = when (outcome) {
        is Succeeded -> "succeeded ${outcome.result["phoneNumber"]}"
        is Failed -> "failed ${outcome.code} ${outcome.label}"
    }

    private fun with(
        vararg answers: ScriptedServer.Answer,
        test: suspend CoroutineScope.(ScriptedService) -> Unit,
    ) = ScriptedService(*answers).use { service ->
        pims.initialize(service.client().build())
        runBlocking { withTimeout(50_000) { test(service) } }
    }
}
