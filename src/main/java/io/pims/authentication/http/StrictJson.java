package io.pims.authentication.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.type.LogicalType;
import jakarta.ws.rs.ext.ContextResolver;
import jakarta.ws.rs.ext.Provider;

/**
 * Reads the bodies of our own API: no unknown or repeated field, no number for a text, nothing behind the object.
 * Tokens and the issuer's documents are read by Quarkus' own mapper, and have names and texts that are not ours to
 * bound.
 */
@Provider
public class StrictJson implements ContextResolver<ObjectMapper> {

    private static final int DEEPEST = 8;
    private static final int LONGEST_TEXT = 4_096;
    private static final int LONGEST_NAME = 64;

    private final ObjectMapper strict;

    /** @param quarkus the mapper that Quarkus made; it is copied and left as it is */
    public StrictJson(ObjectMapper quarkus) {
        strict = quarkus.copy();
        strict.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
        strict.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        strict.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        strict.coercionConfigFor(LogicalType.Textual)
                .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
        strict.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEEPEST)
                        .maxStringLength(LONGEST_TEXT)
                        .maxNameLength(LONGEST_NAME)
                        .build());
    }

    @Override
    public ObjectMapper getContext(Class<?> type) {
        return strict;
    }
}
