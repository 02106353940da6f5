package dev.gatecast.forecast;

import dev.gatecast.event.Alert;
import dev.gatecast.event.Forecast;
import dev.gatecast.event.Rejection;
import dev.gatecast.event.Tick;
import dev.gatecast.score.Verdict;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What one tick led to. Belongs to its {@link Forecaster} and is valid until that advances again. */
public final class Outcome {
    @Nullable Rejection rejection;

    @Nullable Tick tick;

    String reason = "";

    @Nullable Forecast forecast;

    @Nullable Alert alert;

    final Verdict verdict = new Verdict();

    Outcome() {}

    /** Why the tick did not advance its entity; null where it did. */
    public @Nullable Rejection rejection() {
        return rejection;
    }

    /** The tick as it was taken: where it was missing, with the guess. */
    public Tick tick() {
        return Objects.requireNonNull(tick);
    }

    /** The rejection in words: what was expected, what came. Empty where there is none. */
    public String reason() {
        return reason;
    }

    /** The forecast made at this tick, or null. */
    public @Nullable Forecast forecast() {
        return forecast;
    }

    /** The change of an alert at this tick, or null. */
    public @Nullable Alert alert() {
        return alert;
    }

    /** The detector's word on this tick; of no meaning after a rejection, or where the tick was missing. */
    public Verdict verdict() {
        return verdict;
    }

    void clear() {
        rejection = null;
        reason = "";
        forecast = null;
        alert = null;
    }

    Outcome reject(Rejection why, String text) {
        rejection = why;
        reason = text;
        return this;
    }
}
