package io.pims.authentication.support;

/** The states of a recovery. */
public enum RecoveryState {

    /** One person has asked for it, and it takes another one. Nothing has changed for the driver. */
    REQUESTED,

    /** Number and PIN are off file. Until the hold ends they can be put back. */
    DONE,

    /** Number and PIN are back where they were, or a request was withdrawn. */
    UNDONE
}
