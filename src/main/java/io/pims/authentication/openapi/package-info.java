/**
 * Completes the OpenAPI document while the service is built. Nothing here runs in a service, and it must never depend
 * on a resource. Start reading at {@link io.pims.authentication.openapi.ApiDescription}.
 */
package io.pims.authentication.openapi;
