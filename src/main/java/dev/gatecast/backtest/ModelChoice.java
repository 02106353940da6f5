package dev.gatecast.backtest;

import dev.gatecast.source.BadSource;
import java.nio.file.Path;
import java.util.Locale;

/** What a user says of the models to replay with, before any of it is looked up. */
public sealed interface ModelChoice {
    /** The newest activated model of the cluster, for all ticks. */
    record Latest() implements ModelChoice {}

    /** No model. */
    record None() implements ModelChoice {}

    /** Every activation as it was. */
    record AsRecorded() implements ModelChoice {}

    /**
     * The model in a file, for all ticks.
     *
     * @param file written by the trainer
     */
    record FromFile(Path file) implements ModelChoice {}

    /**
     * A published model, for all ticks.
     *
     * @param id its id, or the first digits of it
     */
    record Pinned(String id) implements ModelChoice {}

    /**
     * A model trained again and again on what has come before.
     *
     * @param period ISO-8601 duration, or a number of rows where times are row numbers
     */
    record WalkForward(String period) implements ModelChoice {}

    /**
     * Reads a choice.
     *
     * @throws BadSource if it is none of those listed in the message
     */
    static ModelChoice parse(String text) {
        if (text.startsWith("file:") && text.length() > 5) {
            return new FromFile(Path.of(text.substring(5)));
        }
        if (text.matches("pinned:[0-9a-fA-F]{4,64}")) {
            return new Pinned(text.substring(7).toLowerCase(Locale.ROOT));
        }
        if (text.startsWith("walk-forward:") && text.length() > 13) {
            return new WalkForward(text.substring(13));
        }
        return switch (text) {
            case "latest" -> new Latest();
            case "none" -> new None();
            case "as-recorded" -> new AsRecorded();
            default ->
                throw new BadSource("'" + text
                        + "' is no choice of models: latest, file:FILE, pinned:ID (4 to 64 hexadecimal digits), as-recorded,"
                        + " walk-forward:PERIOD or none expected");
        };
    }
}
