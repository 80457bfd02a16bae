/**
 * Asks the mobile networks whether a number may be in the wrong hands, before a code goes to it. It must never hold an answer
 * for a later question, and never tell the number by a log line, a span or a label. Start with
 * {@link io.pims.authentication.risk.SimSwapCheck}; {@link io.pims.authentication.risk.NumberRisk} is the port behind it.
 */
package io.pims.authentication.risk;
