/**
 * Records what happens to numbers and PINs, and lets an auditor read it. Never holds a number, a code or a PIN, and never
 * changes what is recorded. Start at {@link SecurityEvents}.
 */
package io.pims.authentication.securityevent;
