/**
 * Bounds what SMS may cost: the codes of the whole service, and those to a country or a prefix that nobody spends. Never
 * refuses a code to a number that is on file of the driver who asks for it for the sake of a country or a prefix. Start at
 * {@link BudgetConfig}, then {@link Velocity}.
 */
package io.pims.authentication.budget;
