package io.pims.authentication.facade

import io.pims.authentication.facade.Messages.await
import io.pims.authentication.facade.coroutines.Failed
import io.pims.authentication.facade.coroutines.Succeeded
import io.pims.authentication.facade.coroutines.awaitGet
import io.pims.authentication.facade.coroutines.awaitSet
import io.pims.authentication.facade.coroutines.states
import java.net.URI
import java.nio.file.Path
import java.time.Duration
import java.util.UUID
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.TimeUnit.SECONDS
import java.util.function.Consumer
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking
import org.assertj.core.api.Assertions.assertThat
import org.awaitility.Awaitility.await
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assumptions.assumeTrue
import org.junit.jupiter.api.BeforeAll
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

/** The seed's sample, letter by letter, and the whole story, in maps and in coroutines, against the packaged service. */
class StoryTest {

    private val pims = Pims()

    @AfterEach
    fun release() = pims.release()

    @Test
    fun the_sample_of_the_seed_compiles_as_written_and_says_what_became_of_it(@TempDir folder: Path) {
        val asWritten = StoryTest::class.java.getResource("seed.kt")!!.readText()
        val handled = asWritten
            .replace("\"SUCCEEDED\" -> { }", "\"SUCCEEDED\" -> { told.accept(\"SUCCEEDED\") }")
            .replace("\"FAILED\" ->    { }", "\"FAILED\" -> { told.accept(\"FAILED\") }")
        val sample = KotlinCompiler.compile(
            folder,
            """
            import io.pims.authentication.facade.Configuration
            import io.pims.authentication.facade.Pims
            import java.net.URI
            import java.time.Duration
            import java.util.function.Consumer

            fun initialize(pims: Pims, service: URI, fetchToken: () -> String) {
                pims.initialize(Configuration.builder()
                    .service(service)
                    .token { fetchToken() }
                    .pollingBudget(Duration.ofSeconds(45))
                    .build())
            }

            fun initialize(pims: Pims, service: URI, token: String) = initialize(pims, service) { token }

            fun askForCode(pims: Pims) {
            $asWritten}

            fun askForCode(pims: Pims, told: Consumer<String>) {
            $handled}
            """.trimIndent(),
            "SampleKt",
        )
        val initialize = sample.getMethod("initialize", Pims::class.java, URI::class.java, String::class.java)
        val askForCode = sample.getMethod("askForCode", Pims::class.java)
        val askForCodeAndTell = sample.getMethod("askForCode", Pims::class.java, Consumer::class.java)
        val told = LinkedBlockingQueue<String>()
        val tell = Consumer<String> { told.add(it) }
        val driver = driverWithNumber()
        val other = driverWithNumber()

        initialize.invoke(null, pims, service.address(), service.token(driver.name))
        askForCode.invoke(null, pims)
        await().atMost(Duration.ofSeconds(20)).until { service.messagesTo(driver.number).contains("text") }
        askForCodeAndTell.invoke(null, pims, tell)
        assertThat(told.poll(30, SECONDS)).`as`("too soon for another code").isEqualTo("FAILED")
        pims.release()
        initialize.invoke(null, pims, service.address(), service.token(other.name))
        askForCodeAndTell.invoke(null, pims, tell)

        assertThat(told.poll(30, SECONDS)).isEqualTo("SUCCEEDED")
        assertThat(service.messagesTo(other.number)).containsOnlyOnce("\"text\"")
    }

    @Test
    fun from_a_new_account_to_a_pin_that_was_reset() {
        val driver = Driver()
        initialize(driver)

        assertThat(Messages.code(get("trustedphonenumber"))).isEqualTo(2307)
        succeeds(get("smscode", "type" to "phoneNumberCertification", "phoneNumber" to driver.number))
        succeeds(
            set(
                "smscode",
                "action" to "addPhoneNumber",
                "phoneNumber" to driver.number,
                "smsCode" to service.codeFor(driver.number),
            ),
        )
        assertThat(get("trustedphonenumber")).containsEntry("result", mapOf("phoneNumber" to driver.number))
        succeeds(get("smscode", "type" to "resetPIN"))
        succeeds(
            set("pincode", "action" to "reset", "smsCode" to service.codeFor(driver.number), "pinCode" to "048213"))
        succeeds(set("pincode", "action" to "update", "oldPIN" to "048213", "newPIN" to "590274"))
        assertThat(get("account")).containsEntry("result", mapOf("isAccountBlocked" to false))
        val again = set("pincode", "action" to "update", "oldPIN" to "590274", "newPIN" to "590274")
        assertThat(Messages.label(again)).isEqualTo("inwebo: the new password equals the previous one")
    }

    @Test
    fun the_same_in_coroutines() = runBlocking {
        val driver = driverWithNumber()
        initialize(driver)

        val states = pims.states("pims.authentication.smscode", "type" to "resetPIN").toList()
        val reset = pims.awaitSet(
            "pims.authentication.pincode",
            "action" to "reset",
            "smsCode" to service.codeFor(driver.number),
            "pinCode" to "048213",
        )
        val number = pims.awaitGet("pims.authentication.trustedphonenumber") as Succeeded
        val early = pims.awaitGet("pims.authentication.smscode", "type" to "resetPIN") as Failed

        assertThat(states.last()).isInstanceOf(Succeeded::class.java)
        assertThat(reset).isInstanceOf(Succeeded::class.java)
        assertThat(number.result).containsEntry("phoneNumber", driver.number)
        assertThat(early.code).isEqualTo(2201)
        Unit
    }

    private class Driver(val name: String = "driver-" + UUID.randomUUID(), val number: String = service.freeNumber())

    private fun driverWithNumber() = Driver().also { service.certify(it.name, it.number) }

    private fun initialize(driver: Driver) =
        pims.initialize(
            Configuration.builder().service(service.address()).token { service.token(driver.name) }.build())

    private fun get(api: String, vararg parameters: Pair<String, String>) =
        await(pims.get("pims.authentication.$api", mapOf(*parameters)))

    /** As shipped, the service refuses a change that its database does not take in time: on a busy machine, again. */
    private fun set(api: String, vararg parameters: Pair<String, String>): Map<String, Any?> {
        fun once() = await(pims.set("pims.authentication.$api", mapOf(*parameters)))
        repeat(4) {
            val message = once()
            if (Messages.code(message) != 2204) {
                return message
            }
        }
        return once()
    }

    private fun succeeds(message: Map<String, Any?>) {
        assertThat(message)
            .containsOnlyKeys("transactionId", "status", "result")
            .containsEntry("status", "SUCCEEDED")
            .containsEntry("result", null)
    }

    companion object {

        private lateinit var service: StartedService

        @BeforeAll
        @JvmStatic
        fun start() {
            assumeTrue(StartedService.isPackaged(), "the service is not packaged: run ./mvnw verify in its folder")
            service = StartedService.start()
        }

        @AfterAll
        @JvmStatic
        fun stop() {
            if (::service.isInitialized) {
                service.close()
            }
        }
    }
}
