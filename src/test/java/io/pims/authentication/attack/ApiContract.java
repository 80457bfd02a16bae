package io.pims.authentication.attack;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** The OpenAPI document that the service serves (3.1, so its schemas are JSON Schema 2020-12), to hold answers against. */
final class ApiContract {

    /** What may be on any answer, and is said once for all of them. */
    private static final Set<String> EVERYWHERE = Set.of(
            "allow",
            "cache-control",
            "connection",
            "content-length",
            "content-security-policy",
            "content-type",
            "cross-origin-resource-policy",
            "date",
            "permissions-policy",
            "referrer-policy",
            "strict-transport-security",
            "transfer-encoding",
            "vary",
            "x-content-type-options",
            "x-frame-options");

    private static final SchemaLocation LOCATION = SchemaLocation.of("urn:openapi");

    private final ObjectMapper json = new ObjectMapper();
    private final JsonNode document;
    private final JsonSchemaFactory factory;
    private final SchemaValidatorsConfig config =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
    private final Map<String, JsonSchema> schemas = new ConcurrentHashMap<>();

    ApiContract(String text) throws JsonProcessingException {
        document = json.readTree(text);
        factory = JsonSchemaFactory.getInstance(
                VersionFlag.V202012,
                builder -> builder.schemaLoaders(loaders -> loaders.schemas(Map.of("urn:openapi", text))));
    }

    /** An operation of the document. */
    record Operation(String method, String path, JsonNode description) {

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        document.get("paths")
                .fields()
                .forEachRemaining(path -> path.getValue()
                        .fields()
                        .forEachRemaining(method -> operations.add(new Operation(
                                method.getKey().toUpperCase(Locale.ROOT), path.getKey(), method.getValue()))));
        return operations;
    }

    /** What an answer says that the document does not; empty if it is as described. */
    List<String> differences(Operation operation, int status, Map<String, List<String>> headers, String body) {
        JsonNode described = operation.description().get("responses").get(Integer.toString(status));
        if (described == null) {
            return List.of("status " + status + " is not declared");
        }
        List<String> differences = new ArrayList<>();
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        String at = pointer(operation) + "/responses/" + status;
        JsonNode declared = described.path("headers");
        declared.fields().forEachRemaining(header -> {
            names.add(header.getKey());
            List<String> values = headers.getOrDefault(header.getKey().toLowerCase(Locale.ROOT), List.of());
            if (values.isEmpty() && header.getValue().path("required").asBoolean()) {
                differences.add("no " + header.getKey());
            }
            for (String value : values) {
                schema(at + "/headers/" + escaped(header.getKey()) + "/schema")
                        .validate(TextNode.valueOf(value))
                        .forEach(message -> differences.add(header.getKey() + ": " + message));
            }
        });
        headers.keySet().stream()
                .filter(name -> !EVERYWHERE.contains(name) && !names.contains(name))
                .forEach(name -> differences.add("header " + name + " is not declared"));
        differences.addAll(ofBody(at, headers, body));
        return differences;
    }

    private List<String> ofBody(String at, Map<String, List<String>> headers, String body) {
        if (at(at + "/content").isMissingNode()) {
            return body.isEmpty() ? List.of() : List.of("no body is declared: " + body);
        }
        String type = String.join(",", headers.getOrDefault("content-type", List.of()));
        if (!type.startsWith("application/json")) {
            return List.of("content type '" + type + "'");
        }
        try {
            return schema(at + "/content/application~1json/schema").validate(json.readTree(body)).stream()
                    .map(message -> message + " in " + body)
                    .toList();
        } catch (JsonProcessingException notJson) {
            return List.of("not JSON: " + body);
        }
    }

    /** Whether an example or anything else is as the schema at the pointer says. */
    List<String> violations(String pointer, JsonNode value) {
        return schema(pointer).validate(value).stream().map(Object::toString).toList();
    }

    JsonNode at(String pointer) {
        return document.at(JsonPointer.compile(pointer));
    }

    /** The schema, or the one that it refers to. */
    JsonNode resolved(JsonNode schema) {
        return schema.has("$ref") ? at(schema.get("$ref").asText().substring(1)) : schema;
    }

    static String pointer(Operation operation) {
        return "/paths/" + escaped(operation.path()) + "/" + operation.method().toLowerCase(Locale.ROOT);
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private JsonSchema schema(String pointer) {
        return schemas.computeIfAbsent(
                pointer,
                where -> factory.getSchema(
                        SchemaLocation.of(
                                LOCATION + "#" + where.replace("{", "%7B").replace("}", "%7D")),
                        config));
    }
}
