/**
 * The HTTP client of those that post to an address of a setting. It must never know what is posted, nor let an address, a
 * header or a body into a log, a span or a metric. Start at
 * {@link io.pims.authentication.httpclient.BoundedHttpClient}.
 */
package io.pims.authentication.httpclient;
