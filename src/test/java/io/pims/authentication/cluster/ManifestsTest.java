package io.pims.authentication.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pims.authentication.Conversation;
import io.pims.authentication.Operation;
import io.pims.authentication.dispatch.DispatchConfig;
import io.pims.authentication.transaction.TransactionConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code k8s/} fits together, with itself and with the service. */
class ManifestsTest {

    private static final String APP = "pims-authentication";

    /** Heap for 1,000 requests a second. */
    private static final int REQUESTS_MIB = 128;

    private static final int PIN_HASH_MIB = 19;

    /** Resident when it has just started, with code and image heap. */
    private static final int NATIVE_MIB = 155;

    @ParameterizedTest
    @MethodSource("io.pims.authentication.cluster.Overlay#all")
    void every_document_has_a_known_type_and_no_field_that_the_type_does_not_know(Overlay overlay) {
        assertThat(overlay.documents())
                .isNotEmpty()
                .allSatisfy(document -> assertThat(Types.problems(document))
                        .as("%s %s", Overlay.kind(document), Overlay.name(document))
                        .isEmpty());
    }

    @Test
    void a_field_that_a_type_does_not_know_is_found() {
        Overlay overlay = Overlay.named("production");
        ObjectNode deployment = overlay.get("Deployment", APP);
        deployment.withObject("/spec/template/spec").put("terminationGracePeriod", 40);
        ObjectNode cluster = overlay.get("Cluster", "pims-postgresql");
        cluster.withObject("/spec/postgresql/synchronous").put("quorum", 1);
        ObjectNode pooler = overlay.get("Pooler", "pims-postgresql-pooler");
        pooler.withObject("/spec/pgbouncer").put("poolMode", "statement");

        assertThat(Types.problems(deployment)).singleElement().asString().contains("terminationGracePeriod");
        assertThat(Types.problems(cluster)).singleElement().asString().contains("quorum");
        assertThat(Types.problems(pooler)).singleElement().asString().contains("poolMode");
    }

    @ParameterizedTest
    @MethodSource("io.pims.authentication.cluster.Overlay#all")
    void no_two_documents_have_the_same_kind_and_name(Overlay overlay) {
        assertThat(overlay.documents())
                .extracting(document -> Overlay.kind(document) + "/" + Overlay.name(document))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("io.pims.authentication.cluster.Overlay#all")
    void every_image_has_a_tag_and_none_is_latest(Overlay overlay) {
        Stream<String> images = Stream.concat(
                containers(overlay).map(container -> container.path("image").asText()),
                overlay.of("Cluster")
                        .map(cluster -> cluster.at("/spec/imageName").asText()));

        assertThat(images)
                .isNotEmpty()
                .allMatch(image -> image.matches("[a-z0-9./-]+:[A-Za-z0-9._-]+"))
                .noneMatch(image -> image.endsWith(":latest"));
    }

    @ParameterizedTest
    @MethodSource("io.pims.authentication.cluster.Overlay#all")
    void every_pod_keeps_to_the_restricted_pod_security_standard_and_has_a_read_only_root(Overlay overlay) {
        assertThat(podSpecs(overlay)).isNotEmpty().allSatisfy(pod -> {
            assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
            assertThat(pod.at("/securityContext/runAsUser").asInt()).isPositive();
            assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
            assertThat(pod.at("/automountServiceAccountToken").asText()).isEqualTo("false");
        });
        assertThat(containers(overlay)).allSatisfy(container -> {
            JsonNode context = container.path("securityContext");
            assertThat(context.path("allowPrivilegeEscalation").asText()).isEqualTo("false");
            assertThat(context.path("readOnlyRootFilesystem").asBoolean()).isTrue();
            assertThat(context.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
            assertThat(container.at("/resources/requests/memory").isMissingNode())
                    .isFalse();
            assertThat(container.at("/resources/limits/memory").isMissingNode()).isFalse();
        });
    }

    @ParameterizedTest
    @MethodSource("io.pims.authentication.cluster.Overlay#all")
    void a_selector_finds_the_pods_that_it_is_meant_for(Overlay overlay) {
        Map<String, String> replica = labels(overlay.get("Deployment", APP).at("/spec/template/metadata/labels"));

        assertThat(replica)
                .containsAllEntriesOf(labels(overlay.get("Deployment", APP).at("/spec/selector/matchLabels")))
                .containsAllEntriesOf(labels(overlay.get("Service", APP).at("/spec/selector")))
                .containsAllEntriesOf(labels(overlay.get("NetworkPolicy", APP).at("/spec/podSelector/matchLabels")));
        overlay.get("Deployment", APP)
                .at("/spec/template/spec/topologySpreadConstraints")
                .forEach(spread ->
                        assertThat(replica).containsAllEntriesOf(labels(spread.at("/labelSelector/matchLabels"))));
        overlay.of("PodDisruptionBudget")
                .forEach(budget ->
                        assertThat(replica).containsAllEntriesOf(labels(budget.at("/spec/selector/matchLabels"))));
        overlay.of("Job")
                .map(job -> labels(job.at("/spec/template/metadata/labels")))
                .forEach(job -> assertThat(job.entrySet())
                        .as("the Service leaves the job alone, the policy does not")
                        .containsAll(labels(overlay.get("NetworkPolicy", APP).at("/spec/podSelector/matchLabels"))
                                .entrySet())
                        .doesNotContainAnyElementsOf(List.of(Map.entry("app.kubernetes.io/component", "api"))));
    }

    @ParameterizedTest
    @MethodSource("io.pims.authentication.cluster.Overlay#all")
    void ports_are_the_services_own(Overlay overlay) {
        Map<String, String> properties = Overlay.properties(Path.of("src/main/resources/application.properties"));
        JsonNode ports = container(overlay).path("ports");

        assertThat(properties).containsEntry("quarkus.management.enabled", "true");
        assertThat(ports.findValuesAsText("name")).containsExactly("http", "management");
        assertThat(ports.findValuesAsText("containerPort"))
                .containsExactly(properties.get("quarkus.http.port"), properties.get("quarkus.management.port"));
        assertThat(overlay.get("Service", APP).at("/spec/ports").findValuesAsText("targetPort"))
                .as("who calls the service finds no management port")
                .containsExactly("http");
    }

    @ParameterizedTest
    @MethodSource("io.pims.authentication.cluster.Overlay#all")
    void the_gateway_reaches_the_API_alone_and_Prometheus_the_metrics_alone(Overlay overlay) {
        Map<String, List<String>> reachable = new TreeMap<>();
        overlay.get("NetworkPolicy", APP)
                .at("/spec/ingress")
                .forEach(rule -> rule.findValuesAsText("kubernetes.io/metadata.name")
                        .forEach(from -> reachable.put(from, rule.path("ports").findValuesAsText("port"))));

        assertThat(reachable).isEqualTo(Map.of("gateway", List.of("http"), "monitoring", List.of("management")));
    }

    @Test
    void Prometheus_finds_the_replicas_and_their_metrics() {
        Overlay overlay = Overlay.named("production");
        JsonNode monitor = overlay.get("PodMonitor", APP).path("spec");

        assertThat(labels(overlay.get("Deployment", APP).at("/spec/template/metadata/labels")))
                .containsAllEntriesOf(labels(monitor.at("/selector/matchLabels")));
        assertThat(monitor.at("/podMetricsEndpoints/0/port").asText()).isEqualTo("management");
        assertThat(monitor.at("/podMetricsEndpoints/0/path").asText()).isEqualTo("/q/metrics");
    }

    @ParameterizedTest
    @MethodSource("io.pims.authentication.cluster.Overlay#all")
    void liveness_asks_whether_it_lives_and_readiness_whether_it_is_ready(Overlay overlay) {
        JsonNode container = container(overlay);

        assertThat(container.at("/livenessProbe/httpGet/path").asText()).isEqualTo("/q/health/live");
        assertThat(container.at("/startupProbe/httpGet/path").asText()).isEqualTo("/q/health/live");
        assertThat(container.at("/readinessProbe/httpGet/path").asText()).isEqualTo("/q/health/ready");
        assertThat(Stream.of("livenessProbe", "startupProbe", "readinessProbe")
                        .map(probe -> container.path(probe).at("/httpGet/port").asText()))
                .containsOnly("management");
    }

    /** By the figures that {@code -Pperformance} wrote, and that of the native executable at its start. */
    @ParameterizedTest
    @MethodSource("io.pims.authentication.cluster.Overlay#all")
    void the_memory_of_a_replica_is_enough_for_what_was_measured(Overlay overlay) throws IOException {
        JsonNode container = container(overlay);
        int limit = mebibytes(container.at("/resources/limits/memory"));
        int heap = limit
                * Integer.parseInt(container.at("/args/0").asText().replaceFirst(".*MaximumHeapSizePercent=", ""))
                / 100;
        JsonNode waiting = new ObjectMapper()
                .readTree(Path.of("src/test/resources/performance/waiting.json").toFile());
        int waiters = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(TransactionConfig.class)
                .build()
                .getConfigMapping(TransactionConfig.class)
                .waiters();
        double waitingMib = waiters * waiting.path("heapKibPerWaiter").asDouble() / 1024;
        int tmp = mebibytes(overlay.get("Deployment", APP).at("/spec/template/spec/volumes/0/emptyDir/sizeLimit"));

        assertThat(heap).isGreaterThanOrEqualTo((int) Math.ceil(REQUESTS_MIB + waitingMib + 2 * PIN_HASH_MIB));
        assertThat(limit - heap).isGreaterThan(NATIVE_MIB + tmp);
        assertThat(container.at("/resources/requests/memory")).isEqualTo(container.at("/resources/limits/memory"));
    }

    private static int mebibytes(JsonNode quantity) {
        return Integer.parseInt(quantity.asText().replaceFirst("Mi$", ""));
    }

    @ParameterizedTest
    @MethodSource("io.pims.authentication.cluster.Overlay#all")
    void the_grace_period_is_longer_than_a_shutdown_can_take(Overlay overlay) {
        Map<String, String> properties = Overlay.properties(Path.of("src/main/resources/application.properties"));
        Duration drain = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(DispatchConfig.class)
                .build()
                .getConfigMapping(DispatchConfig.class)
                .drain();
        int shutdown = seconds(properties.get("%prod.quarkus.shutdown.delay"))
                + seconds(properties.get("quarkus.shutdown.timeout"))
                + Math.toIntExact(drain.toSeconds());
        int preStop = container(overlay).at("/lifecycle/preStop/sleep/seconds").asInt();
        int grace = overlay.get("Deployment", APP)
                .at("/spec/template/spec/terminationGracePeriodSeconds")
                .asInt();

        assertThat(preStop).isPositive();
        assertThat(grace).isGreaterThan(preStop + shutdown);
        assertThat(overlay.get("Deployment", APP).at("/spec/minReadySeconds").asInt())
                .as("or several end at once, with their connections")
                .isGreaterThanOrEqualTo(preStop + shutdown);
    }

    @ParameterizedTest
    @MethodSource("io.pims.authentication.cluster.Overlay#all")
    void what_a_pod_mounts_and_refers_to_is_there(Overlay overlay) {
        // Made by CloudNativePG with the Cluster, and by hand for development.
        List<String> secrets = new ArrayList<>(List.of(
                "pims-postgresql-app", "pims-postgresql-ca", overlay.name().equals("development") ? APP : ""));
        overlay.of("ExternalSecret")
                .map(secret -> secret.at("/spec/target/name").asText())
                .forEach(secrets::add);

        assertThat(podSpecs(overlay)).allSatisfy(pod -> {
            List<String> volumes = pod.path("volumes").findValuesAsText("name");
            assertThat(volumes)
                    .containsAll(pod.path("containers").findValues("volumeMounts").stream()
                            .flatMap(mounts -> mounts.findValuesAsText("name").stream())
                            .toList());
            assertThat(secrets)
                    .containsAll(Stream.of("secretRef", "secretKeyRef")
                            .flatMap(reference -> pod.findValues(reference).stream())
                            .map(reference -> reference.path("name").asText())
                            .toList())
                    .containsAll(pod.findValuesAsText("secretName"));
            assertThat(pod.findValues("configMapRef"))
                    .allSatisfy(reference ->
                            overlay.get("ConfigMap", reference.path("name").asText()));
        });
    }

    @Test
    void the_image_is_made_from_tagged_images_and_runs_as_the_user_of_the_pods() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("Dockerfile.native"));

        assertThat(lines)
                .filteredOn(line -> line.matches("ARG (BUILDER|RUNTIME)=.*"))
                .hasSize(2)
                .allMatch(line -> line.matches("[^:]+:[a-z0-9.-]+"));
        assertThat(Overlay.all())
                .allSatisfy(overlay -> assertThat(lines.subList(lines.lastIndexOf("FROM ${RUNTIME}"), lines.size()))
                        .contains("USER "
                                + overlay.get("Deployment", APP)
                                        .at("/spec/template/spec/securityContext/runAsUser")
                                        .asText()));
    }

    @Test
    void nothing_secret_is_in_the_tree() {
        assertThat(Overlay.all())
                .allSatisfy(overlay -> assertThat(overlay.of("Secret")).isEmpty());
    }

    @Test
    void the_route_leads_to_the_API_alone_and_by_TLS() {
        Overlay overlay = Overlay.named("production");
        JsonNode listeners = overlay.get("Gateway", APP).at("/spec/listeners");
        JsonNode rules = overlay.get("HTTPRoute", APP).at("/spec/rules");

        assertThat(listeners).hasSize(1);
        assertThat(listeners.at("/0/protocol").asText()).isEqualTo("HTTPS");
        assertThat(overlay.get("HTTPRoute", APP).at("/spec/hostnames/0")).isEqualTo(listeners.at("/0/hostname"));
        assertThat(rules).hasSize(1);
        assertThat(rules.at("/0/matches/0/path/value").asText()).isEqualTo("/v1");
        assertThat(Stream.of(Operation.values()).map(Operation::path))
                .as("Vonage's webhook included")
                .contains(Conversation.RECEIPT)
                .allMatch(path -> path.startsWith("/v1/"));
        assertThat(rules.at("/0/filters/0/responseHeaderModifier/set/0/name").asText())
                .as("the service does not see the TLS that ends at the gateway")
                .isEqualTo("Strict-Transport-Security");
        assertThat(rules.at("/0/backendRefs/0/name").asText()).isEqualTo(APP);
        assertThat(rules.at("/0/backendRefs/0/port"))
                .isEqualTo(overlay.get("Service", APP).at("/spec/ports/0/port"));
    }

    @Test
    void in_production_a_job_of_each_release_migrates_with_the_image_of_the_replicas_and_they_wait() {
        Overlay overlay = Overlay.named("production");
        String image = container(overlay).path("image").asText();
        String tag = image.substring(image.indexOf(':') + 1);
        JsonNode job = overlay.get("Job", APP + "-migration-" + tag).at("/spec/template/spec/containers/0");
        JsonNode mode = Stream.iterate(0, i -> i + 1)
                .map(job.path("env")::get)
                .filter(variable -> variable.path("name").asText().equals("PIMS_MIGRATION_MODE"))
                .findFirst()
                .orElseThrow();

        assertThat(mode.path("value").asText()).isEqualTo("only");
        assertThat(settings(overlay).path("PIMS_MIGRATION_MODE").asText()).isEqualTo("wait");
        assertThat(job.path("image").asText()).isEqualTo(image);
        assertThat(job.path("envFrom")).isEqualTo(container(overlay).path("envFrom"));
    }

    @Test
    void connections_of_all_replicas_fit_into_one_pooler_and_those_of_both_poolers_into_PostgreSQL() {
        Overlay overlay = Overlay.named("production");
        JsonNode scaler = overlay.get("HorizontalPodAutoscaler", APP).path("spec");
        JsonNode pooler = overlay.get("Pooler", "pims-postgresql-pooler").path("spec");
        JsonNode cluster = overlay.get("Cluster", "pims-postgresql").path("spec");
        int surge = overlay.get("Deployment", APP)
                .at("/spec/strategy/rollingUpdate/maxSurge")
                .asInt();
        // As many end at once as begin at once: each is ready for as long as that takes before the next one begins.
        int replicas = scaler.path("maxReplicas").asInt() + 2 * surge;
        int listener = 1;
        int clients = replicas
                * (settings(overlay)
                                .path("QUARKUS_DATASOURCE_REACTIVE_MAX_SIZE")
                                .asInt()
                        + listener);
        int poolSize = pooler.at("/pgbouncer/parameters/default_pool_size").asInt();
        int flyway = 2 * (replicas + 1);
        int operatorAndPeople = 10;

        assertThat(pooler.at("/pgbouncer/poolMode").asText())
                .as("the service LISTENs")
                .isEqualTo("session");
        assertThat(pooler.path("type").asText()).isEqualTo("rw");
        assertThat(clients).isLessThanOrEqualTo(poolSize);
        assertThat(pooler.path("instances").asInt() * poolSize + flyway + operatorAndPeople)
                .isLessThanOrEqualTo(
                        cluster.at("/postgresql/parameters/max_connections").asInt());
    }

    @Test
    void production_talks_to_the_PostgreSQL_that_it_sets_up() {
        Overlay overlay = Overlay.named("production");
        String cluster = Overlay.name(overlay.get("Cluster", "pims-postgresql"));
        JsonNode settings = settings(overlay);
        JsonNode backup = overlay.get("Cluster", cluster).at("/spec/plugins/0/parameters/barmanObjectName");

        assertThat(overlay.get("Pooler", cluster + "-pooler")
                        .at("/spec/cluster/name")
                        .asText())
                .isEqualTo(cluster);
        assertThat(overlay.get("ScheduledBackup", cluster)
                        .at("/spec/cluster/name")
                        .asText())
                .isEqualTo(cluster);
        assertThat(overlay.find("ObjectStore", backup.asText())).isPresent();
        assertThat(settings.path("QUARKUS_DATASOURCE_REACTIVE_URL").asText())
                .startsWith("postgresql://" + cluster + "-pooler:5432/")
                .endsWith("/"
                        + overlay.get("Cluster", cluster)
                                .at("/spec/bootstrap/initdb/database")
                                .asText());
        assertThat(settings.path("QUARKUS_DATASOURCE_JDBC_URL").asText())
                .startsWith("jdbc:postgresql://" + cluster + "-rw:5432/")
                .contains("targetServerType=primary", "sslmode=verify-full");
        assertThat(overlay.get("NetworkPolicy", APP + "-to-postgresql")
                        .at("/spec/egress/0/to/0/podSelector/matchLabels/cnpg.io~1cluster")
                        .asText())
                .isEqualTo(cluster);
    }

    private static JsonNode settings(Overlay overlay) {
        return overlay.get("ConfigMap", APP + "-settings").path("data");
    }

    private static JsonNode container(Overlay overlay) {
        return overlay.get("Deployment", APP).at("/spec/template/spec/containers/0");
    }

    private static Stream<JsonNode> podSpecs(Overlay overlay) {
        return Stream.of("Deployment", "Job").flatMap(overlay::of).map(workload -> workload.at("/spec/template/spec"));
    }

    private static Stream<JsonNode> containers(Overlay overlay) {
        return podSpecs(overlay).flatMap(Overlay::containers);
    }

    private static Map<String, String> labels(JsonNode labels) {
        Map<String, String> map = new TreeMap<>();
        labels.fields()
                .forEachRemaining(
                        label -> map.put(label.getKey(), label.getValue().asText()));
        assertThat(map).isNotEmpty();
        return map;
    }

    private static int seconds(String duration) {
        return Math.toIntExact(Duration.parse("PT" + duration).toSeconds());
    }
}
