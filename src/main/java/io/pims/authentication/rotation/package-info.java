/**
 * Lets keys be thrown away: seals numbers anew under the first key, and tells what is left under the others. It knows no
 * table, and must never wait for a row that a request needs. Start at {@link io.pims.authentication.rotation.Resealing}.
 */
package io.pims.authentication.rotation;
