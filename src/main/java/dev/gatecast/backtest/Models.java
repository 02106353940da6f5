package dev.gatecast.backtest;

import dev.gatecast.forecast.ActivationTimeline;
import dev.gatecast.forecast.Governing;
import dev.gatecast.forecast.Model;
import dev.gatecast.forecast.Recipe;
import dev.gatecast.forecast.TickFields;
import dev.gatecast.forecast.TickNames;
import dev.gatecast.source.BadSource;
import dev.gatecast.source.Fields;
import dev.gatecast.source.History;
import dev.gatecast.source.SourcedTick;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
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

    /**
     * A model trained anew every so often, on what has come before.
     *
     * @param fit the training
     * @param period time from one training to the next, milliseconds or rows
     */
    record WalkForward(Refit fit, long period) implements Models {
        /** Checks. */
        public WalkForward {
            if (period < 1) {
                throw new BadSource("walk-forward: a period above 0 expected, got " + period);
            }
        }
    }

    /**
     * What a schedule may know of the past.
     *
     * @param history what is before the cut; null where there is no cut
     * @param is whether a tick is before the cut
     * @param fields the names of the ticks' values
     * @param limits bounds of a history in memory
     */
    record Past(@Nullable History history, Predicate<SourcedTick> is, Supplier<Fields> fields, History.Limits limits) {}

    /** Says which model governs a tick. Asked once for each tick, in their order. */
    interface Schedule {
        /** The governing model; null while there is none. */
        @Nullable Governing at(SourcedTick tick);

        /** What the models do, as far as it is known before the first tick; null without a model. */
        @Nullable Recipe recipe();

        /** Why no model governed any of the ticks that were asked about; empty where one did, or where that was to be. */
        default Optional<String> idle() {
            return Optional.empty();
        }

        /** The models that were trained so far, in the order of their times. */
        List<Trained> trained();
    }

    /** The schedule of a replay. */
    default Schedule schedule(Past past) {
        if (this instanceof Pinned pinned) {
            return new OneModel(new Governing(pinned.model, 1), List.of());
        }
        if (this instanceof Fitted fitted) {
            if (past.history == null) {
                throw new BadSource("training needs to know where the past ends: give --train-until");
            }
            var trained = fitted.fit.fit(past.history);
            return new OneModel(new Governing(trained.model(), 1), List.of(trained));
        }
        if (this instanceof WalkForward forward) {
            return new WalkForwardModels(forward, past);
        }
        if (this instanceof Recorded recorded) {
            var fields = past.fields.get();
            var names = new TickNames(fields.targets(), new TickFields(fields.others()));
            return new RecordedModels(recorded, names);
        }
        return new OneModel(null, List.of());
    }
}
