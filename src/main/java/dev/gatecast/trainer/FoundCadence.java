package dev.gatecast.trainer;

import dev.gatecast.forecast.Model;
import dev.gatecast.source.Cadence;
import dev.gatecast.source.History;
import dev.gatecast.source.Misfit;
import dev.gatecast.trainer.TrainerSettings.Target;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The cadence of the ticks, where it is to be found, and whether they keep to it. */
public final class FoundCadence {
    /** Name of the lineage's entry that says of what ticks the cadence is not. */
    public static final String MISFIT = "cadence misfit";

    private static final Logger LOG = LoggerFactory.getLogger(FoundCadence.class);

    private FoundCadence() {}

    /** The settings with what is to be found filled in; the champion's cadence stays as long as the ticks keep to it. */
    static TrainerSettings told(TrainerSettings settings, History history, Optional<Model> champion) {
        var target = settings.target();
        if (target.cadence() != Target.CADENCE_OF_DATA) {
            sayWhatIsMissing(target, history);
            return settings;
        }
        if (!target.calendar()) {
            return settings.with(target.with(0));
        }
        long before = champion.map(model -> model.recipe().cadence()).orElse(0L);
        long step = before > 0 && Misfit.of(before, history).isEmpty() ? before : found(history);
        return settings.with(target.with(step));
    }

    private static void sayWhatIsMissing(Target target, History history) {
        if (target.calendar() && target.cadence() > 0) {
            var gaps = gaps(Cadence.of(target.cadence(), history));
            if (!gaps.isEmpty()) {
                LOG.info("cadence set: {}{}", Duration.ofMillis(target.cadence()), gaps);
            }
        }
    }

    private static long found(History history) {
        var found = Cadence.of(history);
        if (found.step() == 0) {
            LOG.info("no cadence found: each tick is a step");
        } else {
            LOG.info("cadence found: {}{}", Duration.ofMillis(found.step()), gaps(found));
        }
        return found.step();
    }

    /** That ticks are missing; empty where none are. */
    private static String gaps(Cadence cadence) {
        return cadence.missing() == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        "; %.0f %% of its ticks are missing and left out; to fill the gaps, here and live, set"
                                + " cadence=%s, bars=last and bars.fill=season",
                        100 * cadence.missing(),
                        Duration.ofMillis(cadence.step()));
    }

    /** What is wrong with the cadence that steps have, or with having none, in a line. */
    static Optional<String> misfit(Target used, History history) {
        if (!used.calendar()) {
            return Optional.empty();
        }
        return used.cadence() == 0
                ? Misfit.apart(history).map(misfit -> misfit.text("the others' step", Misfit.NO_CADENCE))
                : Misfit.of(used.cadence(), history).map(misfit -> misfit.text("the cadence", Misfit.OF_TICKS));
    }
}
