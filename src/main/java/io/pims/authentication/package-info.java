/**
 * The PIN reset by SMS: this package starts the service and has what all of it shares. It must never hold a rule of the
 * API: each has a package of its own below. Start reading at {@code smscode}, where a driver asks for a code.
 */
package io.pims.authentication;
