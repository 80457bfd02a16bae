/**
 * The common form in which packages tell and erase what they keep about one driver. It knows no table and must never decide
 * who may ask. Start at {@link io.pims.authentication.personaldata.PersonalData}.
 */
package io.pims.authentication.personaldata;
