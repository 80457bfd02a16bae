/**
 * The service as it is operated: the production artefact in processes of its own, which die, stop and come back, before
 * a real PostgreSQL, a real OpenID Connect issuer and a fake Vonage.
 */
package io.pims.authentication.replica;
