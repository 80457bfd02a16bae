/**
 * Bounds the cost of SMS: the codes of the whole service, and the codes to a country or a prefix that nobody spends. A
 * budget of a country or a prefix never refuses a code to a number that is on file of the driver who asks. Start at
 * {@link BudgetConfig}, then {@link Velocity}.
 */
package io.pims.authentication.budget;
