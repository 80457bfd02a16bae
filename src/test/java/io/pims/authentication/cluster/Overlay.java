package io.pims.authentication.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What {@code kubectl kustomize} makes of an overlay, for a build that has nothing but Maven. Knows the few features
 * that {@code k8s/} uses and refuses every other; hashes at the end of names are left out. {@link KustomizeTest}
 * compares it with the real one.
 */
record Overlay(String name, Path folder, List<ObjectNode> documents) {

    static final Path K8S = Path.of("k8s");

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Set<String> KNOWN = Set.of(
            "apiVersion",
            "kind",
            "namespace",
            "resources",
            "components",
            "configMapGenerator",
            "images",
            "patches",
            "replacements");

    static Stream<Overlay> all() {
        return Stream.of(named("development"), named("production"), productionWith("messages-api"));
    }

    static Overlay named(String name) {
        return of(name, K8S);
    }

    /** The overlay as somebody has it who added the component to it. */
    static Overlay productionWith(String component) {
        try {
            Path copy = Path.of("target", "k8s", component);
            try (Stream<Path> files = Files.walk(K8S)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Path to = copy.resolve(K8S.relativize(file));
                    Files.createDirectories(to.getParent());
                    Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING);
                }
            }
            Files.writeString(
                    copy.resolve("overlays/production/kustomization.yaml"),
                    "components:\n  - ../../components/" + component + "\n",
                    StandardOpenOption.APPEND);
            return of("production", copy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Overlay of(String name, Path k8s) {
        Path folder = k8s.resolve("overlays").resolve(name);
        return new Overlay(name, folder, resolve(folder));
    }

    @Override
    public String toString() {
        return folder.toString();
    }

    Stream<ObjectNode> of(String kind) {
        return documents.stream().filter(document -> kind(document).equals(kind));
    }

    Optional<ObjectNode> find(String kind, String name) {
        return of(kind).filter(document -> name(document).equals(name)).findAny();
    }

    ObjectNode get(String kind, String name) {
        return find(kind, name).orElseThrow(() -> new AssertionError("no " + kind + " " + name + " in " + this.name));
    }

    static String kind(JsonNode document) {
        return document.path("kind").asText();
    }

    static String name(JsonNode document) {
        return document.path("metadata").path("name").asText();
    }

    static List<ObjectNode> parse(String yaml) {
        try (var documents = YAML.readerFor(ObjectNode.class).<ObjectNode>readValues(yaml)) {
            return documents.readAll();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<ObjectNode> parse(Path file) {
        return parse(text(file));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<ObjectNode> resolve(Path folder) {
        JsonNode kustomization = kustomization(folder);
        List<ObjectNode> documents = new ArrayList<>();
        for (JsonNode resource : kustomization.path("resources")) {
            Path path = folder.resolve(resource.asText()).normalize();
            documents.addAll(Files.isDirectory(path) ? resolve(path) : parse(path));
        }
        for (JsonNode component : kustomization.path("components")) {
            Path path = folder.resolve(component.asText()).normalize();
            change(path, kustomization(path), documents);
        }
        change(folder, kustomization, documents);
        return documents;
    }

    private static JsonNode kustomization(Path folder) {
        JsonNode kustomization = parse(folder.resolve("kustomization.yaml")).get(0);
        assertThat(KNOWN).as("features of Kustomize used in %s", folder).containsAll(kustomization::fieldNames);
        return kustomization;
    }

    private static void change(Path folder, JsonNode kustomization, List<ObjectNode> documents) {
        kustomization.path("configMapGenerator").forEach(generator -> generate(folder, generator, documents));
        for (JsonNode patch : kustomization.path("patches")) {
            ObjectNode target = selected(patch.path("target"), documents);
            operations(folder.resolve(patch.path("path").asText())).forEach(operation -> apply(operation, target));
        }
        kustomization.path("images").forEach(image -> documents.forEach(document -> tag(document, image)));
        kustomization
                .path("namespace")
                .asText("")
                .lines()
                .forEach(namespace -> documents.stream()
                        .filter(document -> !kind(document).equals("Namespace"))
                        .forEach(document -> document.withObject("/metadata").put("namespace", namespace)));
        kustomization.path("replacements").forEach(replacement -> replace(replacement, documents));
    }

    /** A part of a text by a part of another one. */
    private static void replace(JsonNode replacement, List<ObjectNode> documents) {
        JsonNode source = replacement.path("source");
        String part = part(field(selected(source, documents), source.path("fieldPath")), source.path("options"));
        for (JsonNode target : replacement.path("targets")) {
            JsonNode options = target.path("options");
            ObjectNode document = selected(target.path("select"), documents);
            for (JsonNode path : target.path("fieldPaths")) {
                String[] parts = field(document, path)
                        .split(Pattern.quote(options.path("delimiter").asText()));
                parts[options.path("index").asInt()] = part;
                JsonPointer pointer = pointer(path);
                ((ObjectNode) document.at(pointer.head()))
                        .put(
                                pointer.last().getMatchingProperty(),
                                String.join(options.path("delimiter").asText(), parts));
            }
        }
    }

    private static ObjectNode selected(JsonNode selection, List<ObjectNode> documents) {
        return documents.stream()
                .filter(document -> kind(document).equals(selection.path("kind").asText())
                        && name(document).equals(selection.path("name").asText()))
                .findAny()
                .orElseThrow();
    }

    private static String field(JsonNode document, JsonNode path) {
        return document.at(pointer(path)).asText();
    }

    private static JsonPointer pointer(JsonNode path) {
        return JsonPointer.compile("/" + path.asText().replace('.', '/'));
    }

    private static String part(String text, JsonNode options) {
        return text.split(Pattern.quote(options.path("delimiter").asText()))[
                options.path("index").asInt()];
    }

    private static JsonNode operations(Path file) {
        try {
            return YAML.readTree(text(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void generate(Path folder, JsonNode generator, List<ObjectNode> documents) {
        String name = generator.path("name").asText();
        ObjectNode map;
        if (generator.path("behavior").asText("create").equals("merge")) {
            map = documents.stream()
                    .filter(document ->
                            kind(document).equals("ConfigMap") && name(document).equals(name))
                    .findAny()
                    .orElseThrow();
        } else {
            map = YAML.createObjectNode().put("apiVersion", "v1").put("kind", "ConfigMap");
            map.putObject("metadata").put("name", name);
            documents.add(map);
        }
        generator
                .at("/options/labels")
                .properties()
                .forEach(label -> map.withObject("/metadata/labels").set(label.getKey(), label.getValue()));
        for (JsonNode file : generator.path("files")) {
            map.withObject("/data").put(file.asText(), text(folder.resolve(file.asText())));
        }
        for (JsonNode file : generator.path("envs")) {
            properties(folder.resolve(file.asText())).forEach(map.withObject("/data")::put);
        }
    }

    static Map<String, String> properties(Path file) {
        Map<String, String> properties = new TreeMap<>();
        text(file)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .forEach(line ->
                        properties.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
        return properties;
    }

    /** JSON Patch (RFC 6902), "add" alone. */
    private static void apply(JsonNode operation, JsonNode document) {
        assertThat(operation.path("op").asText()).isEqualTo("add");
        String path = operation.path("path").asText();
        String last = path.substring(path.lastIndexOf('/') + 1);
        JsonNode parent = document.at(path.substring(0, path.lastIndexOf('/')));
        if (parent instanceof ArrayNode list && last.equals("-")) {
            list.add(operation.path("value"));
        } else {
            ((ObjectNode) parent).set(last, operation.path("value"));
        }
    }

    private static void tag(JsonNode document, JsonNode image) {
        containers(document)
                .filter(container -> container.path("image").equals(image.path("name")))
                .forEach(container -> ((ObjectNode) container)
                        .put(
                                "image",
                                image.path("newName").asText() + ":"
                                        + image.path("newTag").asText()));
    }

    static Stream<JsonNode> containers(JsonNode document) {
        return document.findValues("containers").stream()
                .flatMap(containers -> Stream.iterate(0, i -> i < containers.size(), i -> i + 1)
                        .map(containers::get));
    }
}
