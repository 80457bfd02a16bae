/**
 * The facade of the service for Java and Kotlin: {@link io.pims.authentication.facade.Pims} has {@code get} and
 * {@code set}, each with one callback and one message.
 *
 * <p>It must never know the service's own classes, or use what Android 8.0 does not have. Start at {@code Pims}, then
 * {@code Conversation}, which is all that is said in one call. Published as {@code io.pims:authentication-client}, Java 11
 * bytecode, with OkHttp and Moshi.
 *
 * <h2>Errors</h2>
 *
 * A message that FAILED carries a code. The service's own are handed on as they came; these are the facade's:
 *
 * <table>
 * <caption>Codes the facade gives itself</caption>
 * <tr><th>2001</th><td>used before {@code initialize} or after {@code release}, or released meanwhile</td></tr>
 * <tr><th>2002</th><td>no API of that name, or it has no {@code get} or no {@code set}</td></tr>
 * <tr><th>2006</th><td>{@code initialize} with a setting that is missing, malformed or unknown (thrown)</td></tr>
 * <tr><th>2007</th><td>initialised already (thrown)</td></tr>
 * <tr><th>2101</th><td>a parameter is missing; {@code Authorization}: the token supplier gave none</td></tr>
 * <tr><th>2102</th><td>a parameter is malformed or unknown; {@code Authorization}: what the supplier gave is no
 * bearer token</td></tr>
 * <tr><th>2201</th><td>the polling budget ran out, the service did not answer in time, or too many calls wait</td></tr>
 * <tr><th>2202</th><td>the service can't be reached, or the connection was lost and not resumed in time</td></tr>
 * <tr><th>2204</th><td>an answer that is no message, or larger than allowed</td></tr>
 * </table>
 *
 * <p>{@code set} is not repeated once the service may have got it: after 2201 or 2202 it may have been done.
 */
package io.pims.authentication.facade;
