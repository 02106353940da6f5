package dev.gatecast.app;

import dev.gatecast.feature.BarSpec.Fill;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.config.ConfigDef;

/** Every key of the configuration, with type, default, check and documentation. Declared here, those of the trainer in
 * {@link TrainKeys}, and nowhere else. */
final class ConfigKeys {
    /** Keys under these go to Kafka's clients as they are, without the prefix. */
    static final List<String> PASSED_ON = List.of("kafka.", "admin.", "consumer.", "producer.", "streams.");

    /** Keys under this name Kafka's {@code ConfigProvider}s, which put secrets in the place of {@code ${…}}. */
    static final String PROVIDERS = "config.providers";

    private ConfigKeys() {}

    /** All of them, grouped by chapter. */
    static ConfigDef all() {
        var keys = new ConfigDef();
        connection(new KeyGroup(keys, "Connection"));
        topics(new KeyGroup(keys, "Topics"));
        ticks(new KeyGroup(keys, "Ticks"));
        bars(new KeyGroup(keys, "Bars"));
        forecasts(new KeyGroup(keys, "Forecasts"));
        alerts(new KeyGroup(keys, "Alerts"));
        state(new KeyGroup(keys, "State"));
        http(new KeyGroup(keys, "HTTP"));
        TrainKeys.declare(new KeyGroup(keys, "Training"));
        return keys;
    }

    private static void connection(KeyGroup group) {
        group.list(
                        "bootstrap.servers",
                        "localhost:9092",
                        KeyChecks.SERVERS,
                        "Kafka brokers to start from, host:port, separated by commas.")
                .text(
                        "application.id",
                        "gatecast",
                        KeyChecks.TOPIC,
                        "Name of the application: its consumer group, and the prefix of its internal topics and"
                                + " transactions. Instances with the same name share the work.")
                .text(
                        "data.dir",
                        "gatecast-data",
                        KeyChecks.NOT_BLANK,
                        "Folder for the state on this machine. What is lost there is restored from Kafka.");
    }

    private static void topics(KeyGroup group) {
        group.text("topics.ticks", "ticks", KeyChecks.TOPIC, "Topic that ticks are read from.")
                .text("topics.forecasts", "forecasts", KeyChecks.TOPIC, "Topic that forecasts are written to.")
                .text("topics.alerts", "alerts", KeyChecks.TOPIC, "Topic that alerts are written to.")
                .text(
                        "topics.dead-letters",
                        "dead-letters",
                        KeyChecks.TOPIC,
                        "Topic for records that could not be processed, with the reason and where they came from.")
                .text("topics.models", "models", KeyChecks.TOPIC, "Compacted topic of models by id.")
                .text(
                        "topics.activations",
                        "activations",
                        KeyChecks.TOPIC,
                        "Topic that says from which event time on which model is used; as many partitions as the"
                                + " ticks.")
                .whole(
                        "topics.partitions",
                        4,
                        1,
                        10_000,
                        "Partitions of the topics that `gatecast topics create` creates. Where the ticks topic exists,"
                                + " its number is taken.")
                .whole(
                        "topics.replication",
                        -1,
                        -1,
                        100,
                        "Replication factor of the topics that are created; -1 leaves it to the broker.");
    }

    private static void ticks(KeyGroup group) {
        group.word(
                        "ticks.format",
                        "json",
                        List.of("json", "avro", "csv"),
                        "Format of the ticks' values: a JSON object, Avro (single-object encoding of"
                                + " schemas/tick.avsc, or as ticks.avro.schema or ticks.avro.registry say), or a CSV"
                                + " line.")
                .text(
                        "ticks.entity",
                        "",
                        "Field that names the entity; empty for the record's key. With a field the ticks are"
                                + " repartitioned by it.")
                .text("ticks.time", "", "Field with the tick's time; empty for the record's timestamp.")
                .word(
                        "ticks.time.unit",
                        "ms",
                        List.of("s", "ms", "us", "ns", "iso"),
                        "Unit of ticks.time since the epoch, or iso for ISO-8601 text (UTC where it has no offset).")
                .list(
                        "ticks.fields",
                        "value",
                        KeyChecks.NAMES,
                        "Numeric fields of a tick; with JSON a dot leads into a nested object, with Avro into a nested"
                                + " record or a map.")
                .list(
                        "ticks.targets",
                        "",
                        KeyChecks.NAMES_OR_EMPTY,
                        "Fields to forecast, out of ticks.fields; empty for the first.")
                .list(
                        "ticks.future",
                        "",
                        KeyChecks.NAMES_OR_EMPTY,
                        "Fields out of ticks.fields of which values to come are known: in JSON and in Avro of your own a"
                                + " list, now and at each coming step; else, and in CSV lines, beside price the fields"
                                + " price+1 and so on up to the horizon.")
                .text(
                        "ticks.zone",
                        "",
                        "Field with the name of the entity's time zone, such as America/New_York; empty where"
                                + " calendar.zone is everybody's. JSON and CSV.")
                .text(
                        "ticks.category",
                        "",
                        "Field with the entity's category, any short text; empty for none. Models learn what the entities"
                                + " of a category have in common. JSON and CSV.")
                .list(
                        "ticks.csv.columns",
                        "",
                        KeyChecks.NAMES_OR_EMPTY,
                        "Columns of a CSV line in their order; empty for ticks.entity, ticks.time, ticks.zone and"
                                + " ticks.category, where they are named, then ticks.fields.")
                .text("ticks.csv.separator", ",", KeyChecks.CHARACTER, "Character between two columns of a CSV line.")
                .list(
                        "ticks.avro.schema",
                        "",
                        KeyChecks.NAMES_OR_EMPTY,
                        "Files with Avro schemas of your own (.avsc), in which the ticks are single objects. The"
                                + " fingerprint in each value says which.")
                .text(
                        "ticks.avro.registry",
                        "",
                        KeyChecks.HTTP_OR_EMPTY,
                        "Address of a schema registry (Confluent's or one with its interface), by whose ids the ticks"
                                + " are written: a zero byte, the id in four bytes, Avro.")
                .text("ticks.avro.registry.user", "", "User of the registry, for HTTP's basic authentication.")
                .text(
                        "ticks.avro.registry.password",
                        "",
                        "Password of that user; best left to a provider of secrets (config.providers).")
                .text(
                        "ticks.avro.registry.timeout",
                        "PT10S",
                        KeyChecks.DURATION,
                        "How long an answer of the registry is waited for. It is asked three times at most; then the"
                                + " process ends, since the record is not at fault.")
                .text(
                        "ticks.deserializer",
                        "",
                        "Class on the class path (GATECAST_CLASSPATH) that implements Kafka's Deserializer and gives Avro"
                                + " records, or text or bytes in ticks.format. It is configured with the settings under"
                                + " kafka. and consumer.")
                .text(
                        "future.limit",
                        "auto",
                        KeyChecks.DURATION_OR_NONE_OR_AUTO,
                        "A tick further ahead of its partition's newest is held until others show that time has moved on"
                                + " (it is taken) or has not (it is refused), so that one bad clock cannot retire"
                                + " everybody; auto: a day, but at least eight steps of a cadence that is set; none for no limit.")
                .flag(
                        "late.dead-letter",
                        false,
                        "Whether late and duplicate ticks go to the dead letters; they are counted in any case.")
                .word(
                        "output.format",
                        "avro",
                        List.of("avro", "json"),
                        "Format of forecasts, alerts and dead letters.");
    }

    private static void bars(KeyGroup group) {
        group.list(
                        "bars",
                        "",
                        KeyChecks.BARS,
                        "Makes bars of the length cadence out of the ticks, and each bar a step: last, mean, sum, count,"
                                + " min or max for all fields, or a rule for each (price=last,amount=sum). A bar has the"
                                + " time of its start. Empty: every tick is a step.")
                .text(
                        "bars.grace",
                        "PT0S",
                        KeyChecks.DURATION_OR_ZERO,
                        "Time after a bar's end until which late ticks still belong to it. A bar closes when the newest"
                                + " tick of its partition has reached the end and the grace.")
                .word(
                        "bars.fill",
                        "none",
                        Arrays.stream(Fill.values())
                                .map(fill -> fill.name().toLowerCase(Locale.ROOT))
                                .toList(),
                        "What stands for a bar without ticks: nothing; the values of the bar before; zeros, which count as"
                                + " what came; or the mean of the values one and more seasons before. Forecasts are made"
                                + " at such bars, but nothing is judged by last and season.")
                .whole(
                        "bars.most-filled",
                        336,
                        0,
                        100_000,
                        "Bars in a row that are filled; after them the entity pauses until its next tick. Of the pause whole"
                                + " weeks are left out, and the rest is filled then: days where a week has more bars than"
                                + " this, hours where a day has.");
    }

    private static void forecasts(KeyGroup group) {
        group.text(
                        "cadence",
                        GatecastConfig.AUTO,
                        KeyChecks.DURATION_OR_NONE_OR_AUTO,
                        "Fixed step of the grid, or none: every tick is a step; auto: found in the ticks a model is trained"
                                + " on, and stored in it, or PT1H where bars are set.")
                .list(
                        "seasons",
                        "auto",
                        KeyChecks.SEASONS,
                        "Lengths of the seasons in steps, such as 24,168 of hourly data; auto: found in the data a model is"
                                + " trained on, and stored in it; empty for none.")
                .text(
                        "calendar.zone",
                        "UTC",
                        KeyChecks.ZONE,
                        "Time zone in which a model is trained to see the time of day and of week, with daylight saving"
                                + " time, for entities whose ticks name none.")
                .list(
                        "calendar.holidays",
                        "",
                        KeyChecks.NAMES_OR_EMPTY,
                        "Days that a model is trained to see as holidays: us for the federal ones of the United States on"
                                + " their own days, us-observed on those on which offices are closed, files with a local"
                                + " date (2026-12-25) a line; empty for none.")
                .whole("horizon", 24, 1, 1_000, "Steps ahead that a forecast reaches.")
                .list(
                        "quantiles",
                        "0.025,0.05,0.1,0.25,0.5,0.75,0.9,0.95,0.975",
                        KeyChecks.QUANTILES,
                        "Quantiles of a forecast.")
                .whole("forecast.every", 1, 1, 100_000, "A forecast is made at every so many steps of an entity.")
                .whole(
                        "warm-up.steps",
                        48,
                        0,
                        100_000,
                        "Steps of an entity under a model before its forecasts count, or as many as its head sees where"
                                + " those are more; until then they are flagged.")
                .real(
                        "calibration.pace",
                        0.035,
                        0,
                        1,
                        "How fast each entity's intervals learn from their misses; 0 for not at all.")
                .word(
                        "mixture",
                        "on",
                        List.of("on", "off"),
                        "Whether each entity's forecasts are mixed with simpler ones (the value one season before, the"
                                + " last value, a linear model, the model less its bias), by their past errors on that entity.")
                .text(
                        "forecast.least",
                        "",
                        KeyChecks.NUMBER_OR_EMPTY,
                        "No forecast is below it; empty for 0 where a model saw no value below 0.")
                .text("forecast.most", "", KeyChecks.NUMBER_OR_EMPTY, "No forecast is above it; empty for no limit.")
                .flag("forecast.whole", false, "Whether quantiles are rounded to whole numbers, as counts are.");
    }

    private static void alerts(KeyGroup group) {
        group.text(
                        "alerts.sensitivity",
                        "normal",
                        KeyChecks.SENSITIVITY,
                        "How soon an alert opens: low (0.8), normal (1), high (1.2) or the factor itself.")
                .whole("alerts.warm-up.rows", 100, 1, 100_000, "Ticks of an entity before it can raise an alert.")
                .whole("alerts.calm.rows", 20, 1, 100_000, "Calm ticks in a row that close an alert.")
                .whole(
                        "alerts.max.rows",
                        1_000,
                        1,
                        10_000_000,
                        "Ticks after which an open alert is closed as the new normal.")
                .whole(
                        "alerts.drivers",
                        3,
                        0,
                        100,
                        "How many inputs an opening alert names as what moved its forecast; 0 for none. They take some"
                                + " 15 ms, when an alert opens.");
    }

    private static void state(KeyGroup group) {
        group.whole("threads", 1, 1, 256, "Stream threads of this process; one per core is enough.")
                .text(
                        "model.wait",
                        "PT1M",
                        KeyChecks.DURATION,
                        "How long an activated model that has not arrived is waited for before the task fails.")
                .whole(
                        "violations.limit",
                        3,
                        1,
                        1_000,
                        "Steps of an entity with a number that no sound model gives, after which it is re-primed.")
                .whole(
                        "cache.entities",
                        20_000,
                        0,
                        10_000_000,
                        "Entities per task (one for each partition) that are kept decoded in memory: about 9 KB of heap"
                                + " each with the usual model, so 180 MB a task by default; half of that after ten ticks.");
    }

    private static void http(KeyGroup group) {
        group.text(
                        "http.host",
                        "localhost",
                        KeyChecks.NOT_BLANK,
                        "Address that the dashboard, the API and the metrics listen on; 0.0.0.0 for all.")
                .text(
                        "http.advertised",
                        "",
                        KeyChecks.ANY,
                        "host:port under which the other instances reach this one's HTTP port; empty where there is only"
                                + " one instance.")
                .whole("http.port", 8080, 0, 65_535, "Port of the same; 0 for any free one.");
    }
}
