package io.pims.authentication.risk;

/** Whether a code may go to a number. */
public enum Verdict {
    /** It may. */
    SEND,
    /** It may not: the SIM was swapped. */
    SWAPPED,
    /** It may not, as nobody tells whether the SIM was swapped. Asking again may help. */
    UNANSWERED,
    /** It may not, as the network can't tell of this number. Asking again does not help. */
    UNKNOWABLE
}
