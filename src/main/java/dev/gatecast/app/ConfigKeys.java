package dev.gatecast.app;

import dev.gatecast.model.Attention;
import dev.gatecast.model.CellKind;
import dev.gatecast.model.Initialiser;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef;

/** Every key of the configuration, with type, default, check and documentation. Declared here and nowhere else. */
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
        forecasts(new KeyGroup(keys, "Forecasts"));
        alerts(new KeyGroup(keys, "Alerts"));
        state(new KeyGroup(keys, "State"));
        http(new KeyGroup(keys, "HTTP"));
        training(new KeyGroup(keys, "Training"));
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
                                + " schemas/tick.avsc), or a CSV line.")
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
                        "Numeric fields of a tick; with JSON a dot leads into a nested object.")
                .list(
                        "ticks.targets",
                        "",
                        KeyChecks.NAMES_OR_EMPTY,
                        "Fields to forecast, out of ticks.fields; empty for the first.")
                .list(
                        "ticks.csv.columns",
                        "",
                        KeyChecks.NAMES_OR_EMPTY,
                        "Columns of a CSV line in their order; empty for ticks.entity and ticks.time, where they are"
                                + " fields, then ticks.fields.")
                .text("ticks.csv.separator", ",", KeyChecks.CHARACTER, "Character between two columns of a CSV line.")
                .text(
                        "future.limit",
                        "P1D",
                        KeyChecks.DURATION_OR_NONE,
                        "A tick further ahead of the newest time seen is refused, so that one bad clock cannot retire"
                                + " everybody; none for no limit.")
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

    private static void forecasts(KeyGroup group) {
        group.text(
                        "cadence",
                        "PT1H",
                        KeyChecks.DURATION_OR_NONE,
                        "Fixed step of the grid, or none: every tick is a step.")
                .list(
                        "seasons",
                        "24,168",
                        KeyChecks.SEASONS,
                        "Lengths of the seasons in steps; auto: found in the data a model is trained on; empty for none.")
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
                        "Steps of an entity under a model before its forecasts count; until then they are flagged.")
                .real(
                        "calibration.pace",
                        0.025,
                        0,
                        1,
                        "How fast each entity's intervals learn from their misses; 0 for not at all.")
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
                        "Ticks after which an open alert is closed as the new normal.");
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
                        "Entities per task (one for each partition) that are kept decoded in memory: about 11 KB of heap"
                                + " each with the usual model, so 220 MB a task by default.");
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

    private static void training(KeyGroup group) {
        group.text("train.from", "", KeyChecks.TIME_OR_EMPTY, "First time to train on; empty for the topic's start.")
                .text("train.to", "", KeyChecks.TIME_OR_EMPTY, "Time to train up to; empty for the topic's end.")
                .text("train.every", "PT6H", KeyChecks.DURATION, "Time between two trainings of `train --every`.")
                .word(
                        "train.cell",
                        "gru",
                        Arrays.stream(CellKind.values()).map(CellKind::text).toList(),
                        "Recurrent cell: gru with the reset after the product, gru-classic with it before, lstm, or rnn with"
                                + " a tangent.")
                .whole("train.layers", 1, 1, 4, "Layers of the cell.")
                .whole("train.hidden", 48, 1, 1_024, "Length of each layer's hidden state.")
                .word(
                        "train.start",
                        "zero",
                        List.of("zero", "learned"),
                        "Hidden state before an entity's first step: zeros, or learned with the rest.")
                .word(
                        "train.attention",
                        "none",
                        Arrays.stream(Attention.values()).map(Attention::text).toList(),
                        "How the head looks back at the last hidden states; each one is kept in every entity's state.")
                .whole("train.attention.memory", 12, 1, 1_024, "Hidden states that attention looks back at.")
                .word(
                        "train.head",
                        "quantiles",
                        List.of("quantiles", "gaussian", "student-t"),
                        "What the head learns: the quantiles themselves, or a distribution that has them.")
                .whole(
                        "train.degrees",
                        5,
                        1,
                        1_000,
                        "Degrees of freedom of student-t; the fewer, the heavier the tails.")
                .whole("train.units", 128, 1, 4_096, "Hidden units of the head.")
                .whole(
                        "train.networks",
                        1,
                        1,
                        16,
                        "Networks trained from different seeds, whose forecasts are averaged.")
                .word(
                        "train.initial",
                        "pytorch",
                        Arrays.stream(Initialiser.values())
                                .map(Initialiser::text)
                                .toList(),
                        "How the weights of the cell are drawn at first: PyTorch's uniform numbers, or Glorot's with"
                                + " orthogonal recurrent kernels and no bias.")
                .real("train.l2.input", 0, 0, 1, "L2 penalty of the cell's weights of its inputs.")
                .real("train.l2.recurrent", 0, 0, 1, "L2 penalty of the cell's weights of its state.")
                .real("train.l2.head", 0, 0, 1, "L2 penalty of the head's weights.")
                .real(
                        "train.dropout",
                        0.1,
                        0,
                        0.9,
                        "Share of hidden values dropped in training, at the head and between layers.")
                .whole("train.iterations", 800, 1, 1_000_000, "Training steps.")
                .whole("train.batch", 32, 1, 4_096, "Windows per training step.")
                .whole("train.window", 144, 2, 10_000, "Steps per window.")
                .real("train.learning.rate", 0.003, 1e-7, 1, "Largest learning rate.")
                .whole("train.seed", 1, 0, Long.MAX_VALUE, "Seed: same ticks and seed, same bytes.")
                .whole("train.threads", 1, 1, 256, "Threads; their number does not change the result.")
                .real(
                        "train.validation",
                        0.15,
                        0.01,
                        0.5,
                        "Latest part of the ticks, as a fraction of the time, kept for the gate.")
                .real(
                        "train.gate.margin",
                        0,
                        0,
                        1,
                        "Part of the loss by which a new model has to beat the champion and the seasonal naive.")
                .whole(
                        "train.entities",
                        10_000,
                        1,
                        10_000_000,
                        "Entities to train on at most; a sample is drawn where there are more.")
                .text(
                        "train.activation.margin",
                        "none",
                        KeyChecks.DURATION_OR_NONE,
                        "Event time between the newest tick seen and the one from which a new model is used.");
    }
}
