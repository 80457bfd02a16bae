/**
 * The recorded request for an SMS, its row, and the leases on it. It must never call the provider, and never change a
 * final state. Start with {@link io.pims.authentication.transaction.TransactionStatus}; every statement is in
 * {@link io.pims.authentication.transaction.TransactionTable}.
 */
package io.pims.authentication.transaction;
