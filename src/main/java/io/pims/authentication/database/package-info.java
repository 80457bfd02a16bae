/**
 * Everything about PostgreSQL that is about no table: connections, time limits, batches, and telling an outage from a
 * fault. It must never know a table, nor let a request wait for longer than its patience. Start reading at
 * {@link io.pims.authentication.database.Database}.
 */
package io.pims.authentication.database;
