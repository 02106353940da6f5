package dev.gatecast.app;

import dev.gatecast.codec.ActivationCodec;
import dev.gatecast.codec.AlertCodec;
import dev.gatecast.codec.ForecastCodec;
import dev.gatecast.codec.ModelCodec;
import dev.gatecast.codec.StateCodec;
import dev.gatecast.codec.TickCodec;
import dev.gatecast.forecast.ForecasterSettings;
import dev.gatecast.score.DetectorSettings;
import dev.gatecast.topology.Formats;
import dev.gatecast.topology.TopologySettings;
import java.time.Duration;

/** The settings of forecaster and topology, out of the configuration. */
final class ForecastSettings {
    private static final int FUTURE_PATIENCE = TopologySettings.Input.DEFAULT.futurePatience();

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
                        config.flag("forecast.whole")),
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
                        limit(config.durationOrNone("future.limit")),
                        FUTURE_PATIENCE,
                        config.flag("late.dead-letter")),
                new TopologySettings.Tuning(
                        config.whole("threads"),
                        usual.commitInterval(),
                        usual.taskIdle(),
                        Duration.parse(config.text("model.wait")),
                        config.whole("cache.entities")),
                forecaster(config));
    }

    /** A limit in milliseconds, where 0 stands for none. */
    static long limit(long durationOrNone) {
        return durationOrNone == 0 ? Long.MAX_VALUE : durationOrNone;
    }

    /** How things become bytes. */
    static Formats formats(GatecastConfig config) {
        var output = TickSettings.output(config);
        return new Formats(
                new TickCodec(TickSettings.format(config)),
                new ForecastCodec(output),
                new AlertCodec(output),
                new ModelCodec(),
                new ActivationCodec(),
                StateCodec::new);
    }
}
