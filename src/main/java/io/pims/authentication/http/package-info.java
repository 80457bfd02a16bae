/**
 * The envelope of every answer, the error codes, and the way from a failure to its answer. It must never know an
 * operation of the API, nor tell a client what went wrong inside. Start reading at
 * {@link io.pims.authentication.http.Envelope} and {@link io.pims.authentication.http.ErrorMappers}.
 */
package io.pims.authentication.http;
