package dev.gatecast.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigTest {
    @TempDir
    Path folder;

    @Test
    void everyDefaultIsValid() {
        var config = GatecastConfig.of(Map.of());
        assertEquals(List.of("localhost:9092"), config.list("bootstrap.servers"));
        assertTrue(config.findsCadence());
        assertEquals(0, config.cadence());
        var bars = GatecastConfig.of(Map.of("bars", "sum"));
        assertFalse(bars.findsCadence());
        assertEquals(Duration.ofHours(1).toMillis(), bars.cadence());
        assertTrue(config.findsSeasons());
        assertEquals(9, config.reals("quantiles").length);
        assertTrue(config.time("train.from").isEmpty());
    }

    @Test
    void emptyListsAndNoneAreValues() {
        var config = GatecastConfig.of(Map.of("seasons", "", "cadence", "none", "ticks.targets", ""));
        assertEquals(0, config.wholes("seasons").length);
        assertFalse(config.findsSeasons());
        assertArrayEquals(
                new int[] {7, 365},
                GatecastConfig.of(Map.of("seasons", "7,365")).wholes("seasons"));
        assertFalse(config.findsCadence());
        assertEquals(0, config.cadence());
        assertEquals(List.of(), config.list("ticks.targets"));
    }

    @Test
    void aMisspeltKeyIsRefusedWithTheNearestOne() {
        assertEquals(
                List.of("unknown key tick.format; did you mean ticks.format?"),
                problems(Map.of("tick.format", "json")));
        assertEquals(
                List.of("unknown key completely.different; see docs/configuration.md"),
                problems(Map.of("completely.different", "1")));
    }

    @Test
    void allProblemsAreListedAtOnce() {
        var problems = problems(Map.of(
                "horizont", "24",
                "horizon", "many",
                "ticks.format", "xml",
                "http.port", "70000",
                "cadence", "1h",
                "quantiles", "0.5,0.1",
                "seasons", "24,24"));
        assertEquals(
                List.of(
                        "unknown key horizont; did you mean horizon?",
                        "cadence=1h: expected an ISO-8601 duration such as PT1H, none, or auto",
                        "horizon=many: Not a number of type LONG",
                        "http.port=70000: expected from 0 to 65535",
                        "quantiles=[0.5, 0.1]: expected ascending probabilities between 0 and 1 with 0.5 among them,"
                                + " such as 0.05,0.5,0.95",
                        "seasons=[24, 24]: expected ascending whole numbers of steps above 1, such as 24,168, or auto",
                        "ticks.format=xml: String must be one of: json, avro, csv"),
                problems);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "localhost:", ":9092", "localhost:x", "localhost:0", "a:70000", "::1:9092", "a b:1"
            })
    void aBrokersAddressNeedsHostAndPort(String address) {
        assertEquals(
                List.of("bootstrap.servers=[" + address + "]: expected at least one host:port such as localhost:9092,"
                        + " none of them twice"),
                problems(Map.of("bootstrap.servers", address)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost:9092", "a-b.c_d:1,10.0.0.1:65535", "[::1]:9092", "[fe80::1%eth0]:1", "SSL://a:1"})
    void aBrokersAddressIsTakenAsKafkaTakesIt(String addresses) {
        assertEquals(
                List.of(addresses.split(",")),
                GatecastConfig.of(Map.of("bootstrap.servers", addresses)).list("bootstrap.servers"));
    }

    @Test
    void keysThatContradictOneAnotherAreRefused() {
        assertEquals(
                List.of(
                        "ticks.targets: b is not one of ticks.fields=a",
                        "topics.alerts and topics.forecasts are both out; each needs its own topic",
                        "train.from=2002-01-01 is not before train.to=2001-01-01T00:00:00Z"),
                problems(Map.of(
                        "ticks.fields", "a",
                        "ticks.targets", "b",
                        "topics.forecasts", "out",
                        "topics.alerts", "out",
                        "train.from", "2002-01-01",
                        "train.to", "2001-01-01T00:00:00Z")));
    }

    @Test
    void barsHaveTheRulesThatAreNamedAndNoOther() {
        assertEquals(
                List.of("bars=[announced]: expected last, mean, sum, count, min or max, or FIELD=RULE for each field"),
                problems(Map.of("bars", "announced")));
    }

    @Test
    void aFieldWhoseFutureIsKnownIsNoTarget() {
        assertEquals(
                List.of(
                        "ticks.future: sales is a target, which is to be forecast",
                        "ticks.future: wind is not one of ticks.fields=sales,price"),
                problems(Map.of("ticks.fields", "sales,price", "ticks.future", "sales,price,wind")));
        assertEquals(
                List.of(
                        "ticks.future: 3 fields at horizon=1000 are more than 4096 inputs, 2 a step and 1 of each field"),
                problems(Map.of(
                        "ticks.fields", "sales,price,wind,x", "ticks.future", "price,wind,x", "horizon", "1000")));
        var config = GatecastConfig.of(
                Map.of("ticks.fields", "price,sales,x", "ticks.targets", "sales", "ticks.future", "x", "horizon", "2"));
        assertEquals(
                List.of("sales", "price", "x", "x+1", "x+2"),
                TickSettings.fields(config).names());
    }

    @Test
    void commandLineWinsOverEnvironmentAndEnvironmentOverFile() throws IOException {
        var file = write("horizon=6\nhttp.port=1\napplication.id=from-file\n");
        var settings = ConfigSources.gather(
                file,
                Map.of("GATECAST_HTTP_PORT", "2", "GATECAST_APPLICATION_ID", "from-environment", "HTTP_PORT", "9"),
                List.of("application.id=from-line"),
                GatecastConfig.keys().names());
        assertEquals(Map.of("horizon", "6", "http.port", "2", "application.id", "from-line"), settings);
    }

    @Test
    void everyKeyHasItsVariable() {
        var names = GatecastConfig.keys().names();
        for (var name : names) {
            var variable = "GATECAST_" + name.toUpperCase(java.util.Locale.ROOT).replaceAll("[.-]", "_");
            assertEquals(
                    Map.of(name, "x"),
                    ConfigSources.gather(null, Map.of(variable, "x", "GATECAST_OPTS", "-Xmx1g"), List.of(), names));
        }
    }

    @Test
    void aMisspeltVariableIsRefused() {
        var settings = ConfigSources.gather(
                null,
                Map.of("GATECAST_HTTP_PROT", "1"),
                List.of(),
                GatecastConfig.keys().names());
        assertEquals(List.of("unknown key http.prot; did you mean http.port?"), problems(settings));
    }

    @Test
    void whatHasAClientsPrefixIsPassedOn() {
        var config = GatecastConfig.of(
                Map.of("http.port", "1", "kafka.security.protocol", "SSL", "streams.num.stream.threads", "2"));
        assertEquals(Map.of("kafka.security.protocol", "SSL", "streams.num.stream.threads", "2"), config.forClients());
    }

    @Test
    void secretsComeFromProviders() throws IOException {
        var secrets = write("password=swordfish\n");
        var config = GatecastConfig.of(Map.of(
                "config.providers",
                "file",
                "config.providers.file.class",
                "org.apache.kafka.common.config.provider.FileConfigProvider",
                "kafka.ssl.key.password",
                "${file:" + secrets + ":password}"));
        assertEquals(Map.of("kafka.ssl.key.password", "swordfish"), config.forClients());
    }

    @Test
    void anUnknownProviderIsTheUsersError() {
        var problems =
                problems(Map.of("config.providers", "vault", "config.providers.vault.class", "no.such.Provider"));
        assertTrue(problems.get(0).startsWith("config.providers: "), problems::toString);
    }

    @Test
    void aMissingFileAndAnAssignmentWithoutKeyAreTheUsersErrors() {
        var missing = folder.resolve("none.properties");
        var names = GatecastConfig.keys().names();
        assertEquals(
                "cannot read configuration file " + missing + ": there is no such file",
                assertThrows(UserError.class, () -> ConfigSources.gather(missing, Map.of(), List.of(), names))
                        .getMessage());
        assertEquals(
                "--set wants key=value, got horizon",
                assertThrows(UserError.class, () -> ConfigSources.gather(null, Map.of(), List.of("horizon"), names))
                        .getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2001-03-05T00:00:00Z",
                "2001-03-05T00:00:00",
                "2001-03-05",
                "2001-03-05T01:00:00+01:00",
                "983750400000"
            })
    void timesAreReadAsUtc(String text) {
        assertEquals(983750400000L, Times.parse(text));
    }

    @Test
    void theThresholdsOfADirectionAreInOrder() {
        assertEquals(
                List.of("train.direction.down=0.5 is above train.direction.up=0.25"),
                problems(Map.of("train.direction.down", "0.5")));
        var config = GatecastConfig.of(Map.of("train.head", "direction", "train.direction.down", "-1"));
        assertEquals(
                "quantiles 9 direction -1.0 0.25",
                TrainSettings.trainer(config, true)
                        .sizes()
                        .output()
                        .orElseThrow()
                        .text());
    }

    @Test
    void theReferencePageIsUpToDate() throws IOException {
        var page = Path.of("docs", "configuration.md");
        assertEquals(
                ConfigReference.page(GatecastConfig.keys()),
                Files.exists(page) ? Files.readString(page) : "",
                "docs/configuration.md is out of date; run: ./gatecast check --reference > docs/configuration.md");
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("gatecast.properties"), text);
    }

    private static List<String> problems(Map<String, String> settings) {
        var error = assertThrows(UserError.class, () -> GatecastConfig.of(settings));
        return Stream.of(String.valueOf(error.getMessage()))
                .flatMap(lines -> Arrays.stream(lines.split(System.lineSeparator())))
                .toList();
    }
}
