package io.pims.authentication.risk;

/** What becomes of a code where nobody tells whether the SIM was swapped. */
public enum OnNoAnswer {
    /** The code is sent. */
    SEND,
    /** No code is sent. */
    REFUSE
}
