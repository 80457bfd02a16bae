package io.pims.authentication.risk;

import io.pims.authentication.risk.SimSwap.Kind;

/** Decides from an answer whether the code may go. It knows no network and no database. */
record RiskPolicy(RiskMode mode, OnNoAnswer onNoAnswer) {

    Verdict verdict(Kind answer) {
        if (mode != RiskMode.ENFORCE) {
            return Verdict.SEND;
        }
        if (answer == Kind.SWAPPED) {
            return Verdict.SWAPPED;
        }
        if (answer.isAnswer() || onNoAnswer == OnNoAnswer.SEND) {
            return Verdict.SEND;
        }
        return answer == Kind.UNKNOWN_NUMBER ? Verdict.UNKNOWABLE : Verdict.UNANSWERED;
    }
}
