/**
 * Finds the address of a client behind trusted proxies, and whether it came by TLS. It must never believe a header that
 * somebody else than a trusted proxy wrote, and an address is never logged. Start reading at
 * {@link io.pims.authentication.proxy.ClientAddresses}.
 */
package io.pims.authentication.proxy;
