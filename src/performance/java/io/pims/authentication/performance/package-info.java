/**
 * Measures the packaged service against what PostgreSQL does on the same machine: {@code ./mvnw -Pperformance verify
 * -Dexperiment=NAME}. The server, the service, the provider and the load are processes of their own. Linux only, with
 * Debian's {@code postgresql}, {@code postgresql-contrib} and {@code wrk}.
 */
package io.pims.authentication.performance;
