package io.pims.authentication.personaldata;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the tables whose rows about drivers a {@link PersonalData} reads and erases. {@code PersonalDataTest} fails for a
 * table that nobody names.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface KeptIn {

    String[] value();
}
