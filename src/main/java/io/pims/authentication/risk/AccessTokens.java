package io.pims.authentication.risk;

import io.smallrye.mutiny.Uni;

/** Gives the bearer token of a question. */
interface AccessTokens {

    /** Returns a token that is valid, as far as is known. Fails within a bounded time if there is none. */
    Uni<String> token();

    /** Notes that the last token was refused: the next question needs a new one. */
    void refused();
}
