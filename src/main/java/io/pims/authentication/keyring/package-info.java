/**
 * Holds secret keys by their ids, so that they can be rotated. Never tells a key, nor what is wrong with its text. Start at
 * {@link Keyring}.
 */
package io.pims.authentication.keyring;
