package io.pims.authentication.readiness;

/** Fired once, when the schema is migrated: from then on the database may be used. */
public record SchemaReady() {}
