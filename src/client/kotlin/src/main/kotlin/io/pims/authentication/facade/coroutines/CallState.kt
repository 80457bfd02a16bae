package io.pims.authentication.facade.coroutines

/** Where a call stands: [Pending], and in the end one [Outcome]. */
public sealed interface CallState {

    /** By which the service knows it, for support. */
    public val transactionId: String
}

/** The service has accepted the request, and has not done it yet. */
public data class Pending(override val transactionId: String) : CallState

/** How a call ended. */
public sealed interface Outcome : CallState

/**
 * It was done.
 *
 * @property result what was asked for, by name, such as `phoneNumber`; empty where an API has no result
 */
public class Succeeded(override val transactionId: String, public val result: Map<String, Any?>) : Outcome {

    /** Without the result, which may be a telephone number. */
    override fun toString(): String = "Succeeded(transactionId=$transactionId)"
}

/**
 * It was not done, or nobody knows.
 *
 * @property code of the service or of the facade
 * @property label that goes with the code, for a log; not for the driver
 */
public data class Failed(override val transactionId: String, val code: Int, val label: String) : Outcome
