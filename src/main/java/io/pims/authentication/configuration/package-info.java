/**
 * Refuses settings that bean validation can't judge, by one line that names the key. It must never repeat the value of
 * a setting that may hold a secret. Start reading at {@link io.pims.authentication.configuration.WrongSetting}.
 */
package io.pims.authentication.configuration;
