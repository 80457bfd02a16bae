/**
 * A page at the management port that shows how the service is doing. It must never ask the database, nor show anything
 * personal. Start reading at {@link io.pims.authentication.overview.Overview}.
 */
package io.pims.authentication.overview;
