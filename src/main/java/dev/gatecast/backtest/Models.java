package dev.gatecast.backtest;

import dev.gatecast.forecast.ActivationTimeline;
import dev.gatecast.forecast.Governing;
import dev.gatecast.forecast.Model;
import dev.gatecast.forecast.Recipe;
import dev.gatecast.source.BadSource;
import dev.gatecast.source.History;
import dev.gatecast.source.SourcedTick;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which model a replay uses when. */
public sealed interface Models {
    /** None: the alert detector and the contenders run alone. */
    record None() implements Models {}

    /**
     * One model for all ticks.
     *
     * @param model the model
     */
    record Pinned(Model model) implements Models {}

    /**
     * One model for all ticks, trained on what is before the cut.
     *
     * @param fit the training
     */
    record Fitted(Fit fit) implements Models {}

    /**
     * The models that were active at each tick's time.
     *
     * @param timeline the recorded activations
     * @param byId gives the model of an id
     */
    record Recorded(ActivationTimeline timeline, Function<String, Model> byId) implements Models {}

    /** Says which model governs a tick. */
    interface Schedule {
        /** The governing model; null while there is none. */
        @Nullable Governing at(SourcedTick tick);

        /** What the models do, as far as it is known before the first tick; null without a model. */
        @Nullable Recipe recipe();
    }

    /**
     * The schedule of a replay.
     *
     * @param past what is before the cut; null where there is no cut
     */
    default Schedule schedule(@Nullable History past) {
        if (this instanceof Pinned pinned) {
            return new OneModel(new Governing(pinned.model, 1));
        }
        if (this instanceof Fitted fitted) {
            if (past == null) {
                throw new BadSource("training needs to know where the past ends: give --train-until");
            }
            return new OneModel(new Governing(fitted.fit.fit(past), 1));
        }
        return this instanceof Recorded recorded ? new RecordedModels(recorded) : new OneModel(null);
    }
}
