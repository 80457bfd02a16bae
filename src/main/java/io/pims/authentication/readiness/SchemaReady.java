package io.pims.authentication.readiness;

/** The event that the schema is up to date: from then on the database may be used. Fired once. */
public record SchemaReady() {}
