package dev.gatecast.app;

import dev.gatecast.codec.ActivationCodec;
import dev.gatecast.codec.AlertCodec;
import dev.gatecast.codec.ForecastCodec;
import dev.gatecast.codec.ModelCodec;
import dev.gatecast.codec.StateCodec;
import dev.gatecast.forecast.Bars;
import dev.gatecast.forecast.ForecasterSettings;
import dev.gatecast.score.DetectorSettings;
import dev.gatecast.topology.Formats;
import dev.gatecast.topology.TopologySettings;
import java.time.Duration;

/** The settings of forecaster and topology, out of the configuration. */
final class ForecastSettings {
    private static final int FUTURE_PATIENCE = TopologySettings.Input.DEFAULT.futurePatience();

    private static final int FUTURE_STEPS = 8;

    private ForecastSettings() {}

    /** What a tick is forecast and judged by. */
    static ForecasterSettings forecaster(GatecastConfig config) {
        var usual = ForecasterSettings.DEFAULT;
        return new ForecasterSettings(
                usual.ring(),
                config.whole("forecast.every"),
                usual.valueLimit(),
                config.whole("violations.limit"),
                new ForecasterSettings.Output(
                        config.real("calibration.pace"),
                        limit(config.text("forecast.least"), Double.NEGATIVE_INFINITY),
                        limit(config.text("forecast.most"), Double.POSITIVE_INFINITY),
                        config.flag("forecast.whole"),
                        config.whole("alerts.drivers"),
                        config.text("mixture").equals("on")),
                detector(config));
    }

    private static double limit(String text, double none) {
        return text.isEmpty() ? none : Double.parseDouble(text);
    }

    private static DetectorSettings detector(GatecastConfig config) {
        return new DetectorSettings(
                config.whole("alerts.warm-up.rows"),
                sensitivity(config.text("alerts.sensitivity")),
                config.whole("alerts.calm.rows"),
                config.whole("alerts.max.rows"));
    }

    private static double sensitivity(String text) {
        return switch (text) {
            case "low" -> 0.8;
            case "normal" -> 1;
            case "high" -> 1.2;
            default -> Double.parseDouble(text);
        };
    }

    /** What the topology is told. */
    static TopologySettings topology(GatecastConfig config, Cluster cluster) {
        var usual = TopologySettings.Tuning.DEFAULT;
        return new TopologySettings(
                new TopologySettings.Instance(
                        config.text("application.id"),
                        config.path("data.dir").resolve("state"),
                        config.text("http.advertised")),
                cluster.topics().names(),
                new TopologySettings.Input(
                        !config.text("ticks.entity").isEmpty(),
                        futureLimit(config),
                        FUTURE_PATIENCE,
                        config.flag("late.dead-letter"),
                        BarSettings.of(config, TickSettings.fields(config))
                                .map(Bars::new)
                                .orElse(null)),
                new TopologySettings.Tuning(
                        config.whole("threads"),
                        usual.commitInterval(),
                        usual.taskIdle(),
                        Duration.parse(config.text("model.wait")),
                        config.whole("cache.entities")),
                forecaster(config));
    }

    /**
     * How far ahead of the stream a tick may be, milliseconds: as set, or a day and at least eight steps, so that days
     * without ticks and a weekend of daily ones are nothing special.
     */
    static long futureLimit(GatecastConfig config) {
        return config.text("future.limit").equals("auto")
                ? Math.max(Duration.ofDays(1).toMillis(), FUTURE_STEPS * config.cadence())
                : limit(config.durationOrNone("future.limit"));
    }

    /** A limit in milliseconds, where 0 stands for none. */
    static long limit(long durationOrNone) {
        return durationOrNone == 0 ? Long.MAX_VALUE : durationOrNone;
    }

    /** How things become bytes. */
    static Formats formats(GatecastConfig config) {
        var output = TickSettings.output(config);
        return new Formats(
                TickSettings.codec(config),
                new ForecastCodec(output),
                new AlertCodec(output),
                new ModelCodec(),
                new ActivationCodec(),
                StateCodec::new);
    }
}
