/**
 * Decides which requests get a code, and records their transactions. It must never send an SMS, and never answer 202 for
 * a transaction that is not committed. Start with {@link io.pims.authentication.admission.Admission}, then read
 * {@code AdmissionTransaction} from the top.
 *
 * <p>One batch: while a SQL transaction is under way, requests queue up, and up to 64 of them share the next one. It makes
 * two flights to the database, each pipelined. The first locks the users and reads what is known of them: their limits,
 * numbers, codes, idempotency keys and budgets. In memory each request is then decided for itself, in the order of
 * arrival. The second flight writes the limits, codes, transactions and budgets, and commits. After the commit each
 * request gets its answer, and this replica's own transactions go to the dispatcher.
 */
package io.pims.authentication.admission;
