package io.pims.authentication.generated

import io.pims.authentication.facade.StartedService
import io.pims.generated.apis.AccountApi
import io.pims.generated.apis.PhoneNumberApi
import io.pims.generated.apis.PinCodeApi
import io.pims.generated.apis.SmsCodeApi
import io.pims.generated.infrastructure.ClientException
import io.pims.generated.infrastructure.ServerException
import io.pims.generated.models.Failed
import io.pims.generated.models.Pending
import io.pims.generated.models.PhoneNumberChange
import io.pims.generated.models.PhoneNumberChangeAddPhoneNumber
import io.pims.generated.models.PinCodeChange
import io.pims.generated.models.PinCodeChangeReset
import io.pims.generated.models.PinCodeChangeUpdate
import io.pims.generated.models.SmsCodeRequest
import io.pims.generated.models.SmsCodeRequestPhoneNumberCertification
import io.pims.generated.models.SmsCodeRequestResetPIN
import io.pims.generated.models.Succeeded
import io.pims.generated.models.Transaction
import java.nio.file.Path
import java.util.UUID
import kotlin.io.path.readText
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatExceptionOfType
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.BeforeAll
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.ValueSource

/** Clients as anybody generates them: the Kotlin one goes through the story, the Swift ones have what the page shows. */
class GeneratedClientTest {

    private val name = "driver-" + UUID.randomUUID()
    private val number = service.freeNumber()
    private val base = service.address().toString().removeSuffix("/")
    private val codes = SmsCodeApi(base).also { it.accessTokenProvider = { service.token(name) } }
    private val numbers = PhoneNumberApi(base).also { it.accessTokenProvider = { service.token(name) } }
    private val pins = PinCodeApi(base).also { it.accessTokenProvider = { service.token(name) } }
    private val account = AccountApi(base).also { it.accessTokenProvider = { service.token(name) } }

    @Test
    fun the_kotlin_client_goes_through_the_story() {
        val certification = outcome(
            SmsCodeRequest(
                SmsCodeRequestPhoneNumberCertification(
                    SmsCodeRequestPhoneNumberCertification.Type.phoneNumberCertification, number)))
        busy {
            numbers.changePhoneNumber(
                PhoneNumberChange(
                    PhoneNumberChangeAddPhoneNumber(
                        PhoneNumberChangeAddPhoneNumber.Action.addPhoneNumber, number, service.codeFor(number))))
        }
        val reset = outcome(SmsCodeRequest(SmsCodeRequestResetPIN(SmsCodeRequestResetPIN.Type.resetPIN)))
        busy {
            pins.changePinCode(
                PinCodeChange(PinCodeChangeReset(PinCodeChangeReset.Action.reset, service.codeFor(number), "048213")))
        }
        val update = busy {
            pins.changePinCode(
                PinCodeChange(PinCodeChangeUpdate(PinCodeChangeUpdate.Action.update, "048213", "590274")))
        }

        assertThat(certification).isInstanceOf(Succeeded::class.java)
        assertThat(reset).isInstanceOf(Succeeded::class.java)
        assertThat(update.status).isEqualTo(Succeeded.Status.SUCCEEDED)
        assertThat(numbers.readPhoneNumber().result.phoneNumber).isEqualTo(number)
        assertThat(account.readAccount().result.isAccountBlocked).isFalse()
    }

    @Test
    fun a_refusal_has_its_status() {
        assertThatExceptionOfType(ClientException::class.java)
            .isThrownBy { numbers.readPhoneNumber() }
            .matches { it.statusCode == 404 }
    }

    @ParameterizedTest
    @ValueSource(strings = ["swift5", "swift6"])
    fun the_swift_clients_have_what_the_page_shows(generator: String) {
        val sources = Path.of(System.getProperty("generated.directory"), generator).toFile().walk()
            .filter { it.extension == "swift" }
            .joinToString("\n") { it.readText() }
        val page = Path.of(System.getProperty("service.directory"), "src/site/markdown/facade.md").readText()

        assertThat(sources).contains(
            "func requestSmsCode(smsCodeRequest: SmsCodeRequest, prefer: String? = nil, idempotencyKey: String? = nil",
            "func readTransaction(transactionId: UUID, prefer: String? = nil",
            "case typeSmsCodeRequestResetPIN(SmsCodeRequestResetPIN)",
            "case resetpin = \"resetPIN\"",
            "case typePending(Pending)",
            "case typeFailed(Failed)",
            "public var error: CodeAndLabel",
            "public var code: Int",
        )
        assertThat(page).contains(
            "SmsCodeAPI.requestSmsCode(smsCodeRequest: request, prefer: \"wait=20\", idempotencyKey: key)",
            "SmsCodeAPI.readTransaction(transactionId: pending.transactionId, prefer: \"wait=20\")",
            "SmsCodeRequest.typeSmsCodeRequestResetPIN(.init(type: .resetpin))",
            "case .typePending(let pending)",
            "case .typeFailed(let failed): show(failed.error.code)",
        )
    }

    /** As shipped, the service refuses a change that its database does not take in time: on a busy machine, again. */
    private fun <T> busy(change: () -> T): T {
        repeat(4) {
            try {
                return change()
            } catch (refused: ServerException) {
                assertThat(refused.statusCode).isEqualTo(503)
            }
        }
        return change()
    }

    /** Polled as the page shows it. */
    private fun outcome(request: SmsCodeRequest): Any? {
        var answer: Transaction = codes.requestSmsCode(request, "wait=0", UUID.randomUUID().toString())
        var pending = answer.actualInstance as? Pending
        while (pending != null) {
            answer = codes.readTransaction(pending.transactionId, "wait=20")
            pending = answer.actualInstance as? Pending
        }
        return answer.actualInstance.also { assertThat(it).isNotInstanceOf(Failed::class.java) }
    }

    companion object {

        private lateinit var service: StartedService

        @BeforeAll
        @JvmStatic
        fun start() {
            service = StartedService.start()
        }

        @AfterAll
        @JvmStatic
        fun stop() = service.close()
    }
}
