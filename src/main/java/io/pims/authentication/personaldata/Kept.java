package io.pims.authentication.personaldata;

/** A row about a driver as the answer has it: a record that Jackson writes, and that is registered for reflection. */
public interface Kept {}
