package dev.gatecast.trainer;

import dev.gatecast.feature.FeatureSpec.Seasons;
import dev.gatecast.trainer.TrainerSettings.Batches;
import dev.gatecast.trainer.TrainerSettings.Descent;
import dev.gatecast.trainer.TrainerSettings.HoldOut;
import dev.gatecast.trainer.TrainerSettings.Run;
import dev.gatecast.trainer.TrainerSettings.Sizes;
import dev.gatecast.trainer.TrainerSettings.Target;
import java.util.Optional;

/** Settings of a training of a second. */
final class Small {
    static final float[] LEVELS = {0.05f, 0.1f, 0.5f, 0.9f, 0.95f};

    static final TrainerSettings SETTINGS = new TrainerSettings(
            new Target(4, LEVELS, new Seasons(24, 24), Histories.HOUR, true, Optional.empty()),
            new Sizes(1, 6, 8, 24, 1, 48),
            new Batches(20, 40, 10, 3),
            new Descent(60, 1e-2, 0.3, 0.01, 0.1),
            HoldOut.DEFAULT,
            new Run(1, 2, Optional.empty()));

    private Small() {}

    static TrainerSettings iterations(int iterations) {
        var descent = SETTINGS.descent();
        return with(descent.with(iterations));
    }

    static TrainerSettings with(Descent descent) {
        return new TrainerSettings(
                SETTINGS.target(), SETTINGS.sizes(), SETTINGS.batches(), descent, SETTINGS.holdOut(), SETTINGS.run());
    }

    static TrainerSettings with(Run run) {
        return new TrainerSettings(
                SETTINGS.target(), SETTINGS.sizes(), SETTINGS.batches(), SETTINGS.descent(), SETTINGS.holdOut(), run);
    }

    static TrainerSettings with(Sizes sizes) {
        return new TrainerSettings(
                SETTINGS.target(), sizes, SETTINGS.batches(), SETTINGS.descent(), SETTINGS.holdOut(), SETTINGS.run());
    }
}
