package io.pims.authentication.risk;

/** The effect of a SIM that was swapped. */
public enum RiskMode {
    /** Nobody is asked. */
    OFF,
    /** Records it as a security event, and sends the code. */
    RECORD,
    /** Sends no code. */
    ENFORCE
}
