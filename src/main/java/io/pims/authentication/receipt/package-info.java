/**
 * Takes the provider's delivery receipts, checks their signature, and records them on the transaction. It must never
 * trust an unsigned receipt, keep its phone number, or change the status of a transaction. Start with
 * {@link io.pims.authentication.receipt.ReceiptResource}.
 */
package io.pims.authentication.receipt;
