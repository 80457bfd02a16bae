/**
 * Brings the schema up to date and tells if the service takes requests. It must never ask the database within a probe,
 * nor end the service because the database is away. Start reading at {@link io.pims.authentication.readiness.Migration}
 * and {@link io.pims.authentication.readiness.Readiness}.
 */
package io.pims.authentication.readiness;
