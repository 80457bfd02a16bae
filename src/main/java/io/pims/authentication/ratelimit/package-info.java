/**
 * Bounds how many codes a driver, a number, an address and the whole service may ask for, and how often codes and PINs may
 * be tried. Never counts outside the SQL transaction of what is counted, and never tells a client what others have used.
 * Start at {@link RateLimits}, or at {@link RateLimitConfig} for a new limit.
 */
package io.pims.authentication.ratelimit;
