package dev.gatecast.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What {@code docker-compose.yml} and {@code deploy/} say to Gatecast is what it takes. */
class DeployTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path KUBERNETES = Path.of("deploy/kubernetes");
    private static final Path COMPOSE = Path.of("docker-compose.yml");
    private static final String IN_IMAGE = "/opt/gatecast/config/";
    private static final String IN_POD = "/etc/gatecast/";

    /**
     * A container that runs Gatecast.
     *
     * @param name where it is declared
     * @param arguments of the program
     * @param environment of the container
     */
    record Container(String name, List<String> arguments, Map<String, String> environment) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Container> containers() throws IOException {
        var all = new ArrayList<Container>();
        var services = documents(COMPOSE).get(0).get("services");
        services.properties().forEach(service -> {
            if (service.getValue().path("image").asText().equals("gatecast")) {
                var environment = new TreeMap<>(imageEnvironment());
                service.getValue()
                        .path("environment")
                        .properties()
                        .forEach(variable -> environment.put(
                                variable.getKey(), variable.getValue().asText()));
                all.add(new Container(
                        "compose " + service.getKey(), texts(service.getValue().get("command")), environment));
            }
        });
        podContainers().forEach(container -> all.add(inPod(container)));
        return all.stream();
    }

    private static Container inPod(JsonNode container) {
        var environment = new TreeMap<>(imageEnvironment());
        container
                .path("env")
                .forEach(variable -> environment.put(
                        variable.get("name").asText(),
                        // the cluster puts other variables in the place of $(NAME)
                        variable.path("value").asText("pod").replaceAll("\\$\\((\\w+)\\)", "pod")));
        return new Container("pod " + container.get("name").asText(), texts(container.get("args")), environment);
    }

    @ParameterizedTest
    @MethodSource("containers")
    void theProgramTakesTheArgumentsAndKnowsEveryKey(Container container) {
        var settings = container.environment();
        var command = Main.commandLine(settings);
        command.parseArgs(container.arguments().toArray(String[]::new));
        var config = container.arguments().indexOf("--config");
        var file = config < 0 ? null : here(container.arguments().get(config + 1));
        var read = GatecastConfig.of(ConfigSources.gather(
                file, settings, List.of(), GatecastConfig.keys().names()));
        assertEquals("/var/lib/gatecast", read.text("data.dir"));
    }

    /** Where a file of the image or of the pod is in the sources. */
    private static Path here(String file) {
        return file.startsWith(IN_POD)
                ? KUBERNETES.resolve(file.substring(IN_POD.length()))
                : Path.of("src/main/dist/config").resolve(file.substring(IN_IMAGE.length()));
    }

    @Test
    void everyManifestIsListedAndThere() throws IOException {
        var listed =
                texts(documents(KUBERNETES.resolve("kustomization.yaml")).get(0).get("resources"));
        try (var files = Files.list(KUBERNETES)) {
            assertEquals(
                    files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".yaml") && !name.equals("kustomization.yaml"))
                            .sorted()
                            .toList(),
                    listed.stream().sorted().toList());
        }
    }

    @Test
    void anInstanceKeepsItsStateIsProbedAndIsReachedByTheOthers() throws IOException {
        var set = documents(KUBERNETES.resolve("app.yaml")).get(0);
        assertEquals("StatefulSet", set.get("kind").asText());
        var spec = set.at("/spec/template/spec");
        var container = spec.at("/containers/0");
        assertEquals("/health/live", container.at("/livenessProbe/httpGet/path").asText());
        assertEquals(
                "/health/ready", container.at("/readinessProbe/httpGet/path").asText());
        assertEquals(
                "state", set.at("/spec/volumeClaimTemplates/0/metadata/name").asText());
        assertEquals(
                "/var/lib/gatecast",
                named(container.get("volumeMounts"), "state").get("mountPath").asText());

        var service = set.at("/spec/serviceName").asText();
        var headless = documents(KUBERNETES.resolve("service.yaml")).get(1);
        assertEquals(service, headless.at("/metadata/name").asText());
        assertEquals("None", headless.at("/spec/clusterIP").asText());
        var environment = new TreeMap<String, JsonNode>();
        container
                .get("env")
                .forEach(variable -> environment.put(variable.get("name").asText(), variable));
        assertEquals(
                "metadata.name",
                named(container.get("env"), "POD_NAME")
                        .at("/valueFrom/fieldRef/fieldPath")
                        .asText());
        assertEquals(
                "$(POD_NAME)." + service + ":"
                        + container.at("/ports/0/containerPort").asText(),
                named(container.get("env"), "GATECAST_HTTP_ADVERTISED")
                        .get("value")
                        .asText());
    }

    /** With links the cluster sets GATECAST_PORT for the service named gatecast, which would be an unknown key. */
    @Test
    void theClusterAddsNoVariablesOfItsOwn() throws IOException {
        for (var pod : pods()) {
            assertFalse(pod.path("enableServiceLinks").asBoolean(true));
        }
    }

    @Test
    void theTrainerIsACronJob() throws IOException {
        var trainer = documents(KUBERNETES.resolve("trainer.yaml")).get(0);
        assertEquals("CronJob", trainer.get("kind").asText());
        assertEquals("Forbid", trainer.at("/spec/concurrencyPolicy").asText());
    }

    @Test
    void nothingRunsAsRootOrWritesToTheImage() throws IOException {
        for (var pod : pods()) {
            assertTrue(pod.at("/securityContext/runAsNonRoot").asBoolean());
            assertEquals(10001, pod.at("/securityContext/runAsUser").asInt());
        }
        for (var container : podContainers()) {
            var context = container.get("securityContext");
            assertTrue(context.get("readOnlyRootFilesystem").asBoolean());
            assertFalse(context.get("allowPrivilegeEscalation").asBoolean(true));
            assertEquals(List.of("ALL"), texts(context.at("/capabilities/drop")));
        }
        assertTrue(Files.readString(Path.of("deploy/Dockerfile")).contains("\nUSER 10001:10001\n"));
        assertTrue(Files.readString(Path.of(".dockerignore")).contains("\ntarget/gatecast-*/lib/broker\n"));
    }

    /** The variables of the Dockerfile that are settings. */
    private static Map<String, String> imageEnvironment() {
        try {
            var found = new TreeMap<String, String>();
            var words = Files.readString(Path.of("deploy/Dockerfile")).split("\\s+", -1);
            for (var word : words) {
                if (word.matches("GATECAST_\\w+=\\S+")) {
                    var equals = word.indexOf('=');
                    found.put(word.substring(0, equals), word.substring(equals + 1));
                }
            }
            assertFalse(found.isEmpty());
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<JsonNode> pods() throws IOException {
        return List.of(
                documents(KUBERNETES.resolve("app.yaml")).get(0).at("/spec/template/spec"),
                documents(KUBERNETES.resolve("trainer.yaml")).get(0).at("/spec/jobTemplate/spec/template/spec"));
    }

    private static List<JsonNode> podContainers() throws IOException {
        var all = new ArrayList<JsonNode>();
        for (var pod : pods()) {
            pod.path("initContainers").forEach(all::add);
            pod.path("containers").forEach(all::add);
        }
        return all;
    }

    /** The documents of a YAML file, anchors and merges resolved. */
    private static List<JsonNode> documents(Path file) throws IOException {
        var all = new ArrayList<JsonNode>();
        try (var reader = Files.newBufferedReader(file)) {
            new Yaml(new SafeConstructor(new LoaderOptions()))
                    .loadAll(reader)
                    .forEach(document -> all.add(JSON.valueToTree(document)));
        }
        return all;
    }

    private static JsonNode named(JsonNode items, String name) {
        return StreamSupport.stream(items.spliterator(), false)
                .filter(item -> item.get("name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name));
    }

    private static List<String> texts(JsonNode array) {
        var all = new ArrayList<String>();
        array.forEach(item -> all.add(item.asText()));
        return all;
    }
}
