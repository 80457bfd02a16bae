package io.pims.authentication.facade.coroutines

import io.pims.authentication.facade.Call
import io.pims.authentication.facade.Callback
import io.pims.authentication.facade.Pims
import kotlin.coroutines.resume
import kotlinx.coroutines.channels.awaitClose
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.callbackFlow
import kotlinx.coroutines.suspendCancellableCoroutine

/**
 * [Pims.get], suspended until it has ended. If the coroutine is cancelled the call is given up; if the facade is released
 * the outcome is [Failed] 2001. Throws nothing else.
 */
public suspend fun Pims.awaitGet(api: String, vararg parameters: Pair<String, String>): Outcome =
    await { get(api, mapOf(*parameters), it) }

/** [Pims.set], in the same way. Once it has been sent, cancelling does not undo it. */
public suspend fun Pims.awaitSet(api: String, vararg parameters: Pair<String, String>): Outcome =
    await { set(api, mapOf(*parameters), it) }

/**
 * The states of a [Pims.get], the last one an [Outcome]. Cold: each collector makes a call of its own, and for
 * `pims.authentication.smscode` that is another SMS. A collector that stops gives its call up.
 */
public fun Pims.states(api: String, vararg parameters: Pair<String, String>): Flow<CallState> = callbackFlow {
    val call = get(api, mapOf(*parameters), object : Callback {
        override fun pending(transactionId: String) {
            trySend(Pending(transactionId))
        }

        override fun answer(message: Map<String, Any?>) {
            trySend(outcome(message))
            close()
        }
    })
    awaitClose { call.cancel() }
}

private suspend fun await(start: (Callback) -> Call): Outcome = suspendCancellableCoroutine { continuation ->
    val call = start { message -> continuation.resume(outcome(message)) }
    continuation.invokeOnCancellation { call.cancel() }
}

private fun outcome(message: Map<String, Any?>): Outcome {
    val id = message["transactionId"] as String
    val error = message["error"] as? Map<*, *>
    if (error != null) {
        return Failed(id, error["code"] as Int, error["label"] as String)
    }
    val result = message["result"] as? Map<*, *>
    return Succeeded(id, result.orEmpty().mapKeys { it.key as String })
}
