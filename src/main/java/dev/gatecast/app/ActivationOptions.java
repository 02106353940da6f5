package dev.gatecast.app;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** From when on an activation is to take effect. */
final class ActivationOptions {
    @Option(
            names = "--from",
            paramLabel = "TIME",
            description =
                    "Event time from which the model is used, not before that of the newest activation. Default: the"
                            + " time of the newest tick and train.activation.margin.")
    private @Nullable String from;

    /**
     * The event time that was asked for, or the default.
     *
     * @return milliseconds since the epoch
     */
    long effectiveFrom(GatecastConfig config, Cluster cluster) {
        if (from != null) {
            return Times.option("--from", from);
        }
        if (!config.text("ticks.time").isEmpty()) {
            throw new UserError("say --from TIME: the ticks have their time in the field " + config.text("ticks.time")
                    + ", so the newest is not known without reading them");
        }
        try (var admin = cluster.admin()) {
            return admin.newestTickTime().orElse(0) + config.durationOrNone("train.activation.margin");
        }
    }
}
