package com.example.resetpin

import android.app.Activity
import android.app.Application
import android.content.BroadcastReceiver
import android.content.Context
import android.content.Intent
import android.content.IntentFilter
import android.os.Bundle
import android.os.Handler
import android.os.Looper
import android.text.InputType
import android.view.View
import android.widget.Button
import android.widget.EditText
import android.widget.LinearLayout
import android.widget.TextView
import com.google.android.gms.auth.api.phone.SmsRetriever
import com.google.android.gms.common.api.CommonStatusCodes
import com.google.android.gms.common.api.Status
import io.pims.authentication.facade.Configuration
import io.pims.authentication.facade.Pims
import io.pims.authentication.facade.coroutines.CallState
import io.pims.authentication.facade.coroutines.Failed
import io.pims.authentication.facade.coroutines.Pending
import io.pims.authentication.facade.coroutines.Succeeded
import io.pims.authentication.facade.coroutines.awaitSet
import io.pims.authentication.facade.coroutines.states
import java.net.URI
import java.util.concurrent.Executor
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.asCoroutineDispatcher
import kotlinx.coroutines.cancel
import kotlinx.coroutines.launch

/** Holds the one facade of the process, so that a call outlives a rotation of the screen. */
class ResetPinApplication : Application() {

    private val handler = Handler(Looper.getMainLooper())
    /** AndroidX: `ContextCompat.getMainExecutor(context)`. */
    val main = Executor { task -> handler.post(task) }
    val pims = Pims()
    /** AndroidX: a `ViewModel` and its `viewModelScope`. */
    val calls = CoroutineScope(SupervisorJob() + main.asCoroutineDispatcher())

    override fun onCreate() {
        super.onCreate()
        pims.initialize(
            Configuration.builder()
                .service(URI.create("https://pims.example"))
                .token { signedInToken() }
                .callbacks(main)
                .build(),
        )
    }

    /** Called on a thread of the facade, and may block: refresh it here. */
    private fun signedInToken(): String =
        getSharedPreferences("login", Context.MODE_PRIVATE).getString("token", "")
}

/** Asks for a code, takes it from the SMS, and sets the new PIN. */
class ResetPinActivity : Activity() {

    private val app get() = application as ResetPinApplication
    private val code by lazy { field("Code").apply { setAutofillHints("smsOTPCode") } }
    private val pin by lazy { field("New PIN").apply { hide() } }
    private val told by lazy { TextView(this) }
    private var asking: Job? = null
    private lateinit var screen: CoroutineScope

    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        screen = CoroutineScope(SupervisorJob() + app.main.asCoroutineDispatcher())
        setContentView(
            LinearLayout(this).apply {
                orientation = LinearLayout.VERTICAL
                listOf(button("Send me a code", ::askForCode), code, pin, button("Set the PIN", ::setPin), told)
                    .forEach(::addView)
            },
        )
        registerReceiver(
            sms, IntentFilter(SmsRetriever.SMS_RETRIEVED_ACTION), SmsRetriever.SEND_PERMISSION, null, RECEIVER_EXPORTED)
    }

    override fun onDestroy() {
        unregisterReceiver(sms)
        screen.cancel()
        super.onDestroy()
    }

    private fun askForCode() {
        // Before the request: the SMS may be faster than its answer.
        SmsRetriever.getClient(this).startSmsRetriever()
        asking?.cancel()
        asking = screen.launch {
            app.pims.states("pims.authentication.smscode", "type" to "resetPIN").collect(::tell)
        }
    }

    /** Not of the screen: once it is sent it is done, whether or not somebody waits for the answer. */
    private fun setPin() {
        app.calls.launch {
            tell(
                app.pims.awaitSet(
                    "pims.authentication.pincode",
                    "action" to "reset",
                    "smsCode" to code.text.toString(),
                    "pinCode" to pin.text.toString(),
                ),
            )
        }
    }

    private fun tell(state: CallState) {
        told.text = when (state) {
            is Pending -> "On its way …"
            is Succeeded -> "Done."
            // What to tell the driver for each code is on the page of the HTTP API.
            is Failed -> "Error ${state.code}"
        }
    }

    /** Android hands over the SMS that carries the hash of this app, and no other one. */
    private val sms = object : BroadcastReceiver() {
        override fun onReceive(context: Context, intent: Intent) {
            val status = intent.extras?.get(SmsRetriever.EXTRA_STATUS) as? Status
            if (status?.statusCode == CommonStatusCodes.SUCCESS) {
                val text = intent.getStringExtra(SmsRetriever.EXTRA_SMS_MESSAGE).orEmpty()
                CODE.find(text)?.let { code.setText(it.groupValues[1]) }
            }
        }
    }

    private fun field(label: String) = EditText(this).apply {
        hint = label
        inputType = InputType.TYPE_CLASS_NUMBER
    }

    /** From those who look at the screen, from the keyboard that learns, and from what fills forms in. */
    private fun EditText.hide() {
        inputType = InputType.TYPE_CLASS_NUMBER or InputType.TYPE_NUMBER_VARIATION_PASSWORD
        importantForAutofill = View.IMPORTANT_FOR_AUTOFILL_NO
    }

    private fun button(label: String, action: () -> Unit) = Button(this).apply {
        text = label
        setOnClickListener { action() }
    }

    private companion object {
        /** The last line: `@host #code`. */
        val CODE = Regex("#(\\d{6})")
        /** `Context.RECEIVER_EXPORTED`, which Android 13 brought; the permission keeps everybody else out. */
        const val RECEIVER_EXPORTED = 2
    }
}
