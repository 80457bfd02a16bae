/**
 * Reads texts and headers that people and clients write in many ways. It must never know a parameter of the API, nor
 * fail at a text. Start reading at {@link io.pims.authentication.input.PastedText}.
 */
package io.pims.authentication.input;
