package dev.gatecast.trainer;

import dev.gatecast.feature.FeatureSpec.Seasons;
import dev.gatecast.source.Course;
import dev.gatecast.source.Periods;
import dev.gatecast.trainer.TrainerSettings.Target;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The seasons of the rows that weights are fitted to, where they are to be found. */
final class FoundSeasons {
    private static final Logger LOG = LoggerFactory.getLogger(FoundSeasons.class);

    private FoundSeasons() {}

    /** The settings with what is to be found in the data filled in. */
    static TrainerSettings told(TrainerSettings settings, TrainingData data) {
        var target = settings.target();
        if (!target.seasons().equals(Target.SEASONS_OF_DATA)) {
            return settings;
        }
        var lengths = Periods.found(
                data.pasts().stream().map(FoundSeasons::course).toList(), target.calendar() ? target.cadence() : 0);
        LOG.info("seasons found, in steps: {}", lengths.isEmpty() ? "none" : lengths);
        var seasons = lengths.isEmpty() ? Seasons.NONE : new Seasons(lengths.get(0), lengths.get(lengths.size() - 1));
        return settings.with(target.with(seasons));
    }

    private static Course course(Past past) {
        var values = Arrays.copyOf(past.values(), past.fitEnd());
        past.guessed().stream().filter(row -> row < values.length).forEach(row -> values[row] = Double.NaN);
        return new Course(Arrays.copyOf(past.times(), past.fitEnd()), values);
    }
}
