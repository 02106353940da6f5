package dev.gatecast.app;

import dev.gatecast.source.Cadence;
import dev.gatecast.source.CsvOptions;
import dev.gatecast.source.CsvTicks;
import dev.gatecast.source.Cut;
import dev.gatecast.source.TickSource;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The grid that the times of ticks keep to.
 *
 * @param text as the key cadence has it
 * @param missing share of its places without a tick, where they are to be filled; else 0
 */
record GridFound(String text, double missing) {
    static final GridFound NONE = new GridFound("none", 0);

    /**
     * Looks into the files, as far as the past reaches.
     *
     * @param known the step in milliseconds where it is known; 0: it is to be found
     */
    static GridFound in(CsvOptions files, Optional<Cut> cut, long known) {
        return in(() -> CsvTicks.open(files), cut, known);
    }

    /** The same in what a source opens. */
    static GridFound in(Supplier<TickSource> source, Optional<Cut> cut, long known) {
        var past = cut.map(one -> one.past(source)).orElse(tick -> true);
        try (var ticks = source.get()) {
            var found = known > 0 ? Cadence.of(known, ticks, past) : Cadence.of(ticks, past);
            return found.step() == 0
                    ? NONE
                    : new GridFound(Duration.ofMillis(found.step()).toString(), found.missing());
        }
    }

    /** That gaps are filled, in a line, where there are any. */
    Optional<String> filled() {
        return hint("gaps are filled, as by --cadence " + text + " --bars last --fill season (live: bars=last,"
                + " bars.fill=season); --cadence none takes each tick as a step");
    }

    /** That gaps are left as they are, in a line, where there are any. */
    Optional<String> left() {
        return hint("gaps are left out, so that a day has fewer steps where some are missing; --bars last --fill season"
                + " (live: bars=last, bars.fill=season) fills them");
    }

    private Optional<String> hint(String what) {
        return missing == 0
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT, "the ticks are %s apart and %.0f %% are missing: %s", text, 100 * missing, what));
    }
}
