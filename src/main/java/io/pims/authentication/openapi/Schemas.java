package io.pims.authentication.openapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/** The pieces that the document's schemas are made of. Patterns are those of ECMA 262, as JSON Schema has them. */
final class Schemas {

    static final String UUID_FORM = "[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}";

    private Schemas() {}

    static Schema text() {
        return OASFactory.createSchema().addType(SchemaType.STRING);
    }

    /** @param pattern of the whole text */
    static Schema text(String pattern) {
        return text().pattern("^(" + pattern + ")$");
    }

    static Schema uuid() {
        return text(UUID_FORM).format("uuid");
    }

    static Schema number() {
        return OASFactory.createSchema().addType(SchemaType.INTEGER);
    }

    static Schema value(Object only) {
        return anyOf(List.of(only));
    }

    /** @param values all text, or all whole numbers; a generated client has its type from here */
    static Schema anyOf(List<?> values) {
        Schema type = values.get(0) instanceof String ? text() : number();
        return type.enumeration(new ArrayList<>(values));
    }

    /** Null alone. A client can't be generated for the type that has no other value. */
    static Schema nothing() {
        Schema object = OASFactory.createSchema().addType(SchemaType.OBJECT);
        return orNothing(OASFactory.createSchema().addType(SchemaType.OBJECT)).not(object);
    }

    static Schema truth() {
        return OASFactory.createSchema().addType(SchemaType.BOOLEAN);
    }

    static Schema orNothing(Schema schema) {
        return schema.addType(SchemaType.NULL);
    }

    /** An object with all of these and nothing else. */
    static Schema exactly(Map<String, Schema> properties) {
        Schema object = atMost(properties);
        properties.keySet().forEach(object::addRequired);
        return object;
    }

    /** An object with any of these and nothing else. */
    static Schema atMost(Map<String, Schema> properties) {
        Schema object = OASFactory.createSchema().addType(SchemaType.OBJECT).additionalPropertiesBoolean(false);
        properties.forEach(object::addProperty);
        return object;
    }

    static Schema list(Schema each, int atMost) {
        return OASFactory.createSchema().addType(SchemaType.ARRAY).items(each).maxItems(atMost);
    }

    static Schema time() {
        return text().format("date-time");
    }

    static Schema oneOf(List<Schema> schemas) {
        return schemas.size() == 1 ? schemas.get(0) : OASFactory.createSchema().oneOf(schemas);
    }

    static Schema reference(String name) {
        return OASFactory.createSchema().ref("#/components/schemas/" + name);
    }
}
