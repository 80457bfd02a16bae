/**
 * Keeps one trace from a request through the database to the provider and its receipt. It must never begin a trace
 * without a request, nor let anything personal into a span. Start reading at
 * {@link io.pims.authentication.tracing.Spans}.
 */
package io.pims.authentication.tracing;
