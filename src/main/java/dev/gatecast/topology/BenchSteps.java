package dev.gatecast.topology;

import dev.gatecast.event.Forecast;
import dev.gatecast.event.Tick;
import dev.gatecast.forecast.EntityState;
import dev.gatecast.forecast.Governing;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The steps that a measurement puts in place. */
final class BenchSteps {
    private BenchSteps() {}

    /** Begins every entity with a state that has all its windows full. */
    record Grown(Supplier<EntityState> states, TickStep step) implements TickStep {
        @Override
        public EntityState newState() {
            return states.get();
        }

        @Override
        public void advance(EntityState state, Tick tick, @Nullable Governing governing, Result result) {
            step.advance(state, tick, governing, result);
        }
    }

    /** The mathematics and its absence, in turns. */
    record Alternating(BenchTurns turns, TickStep real, TickStep copy) implements TickStep {
        @Override
        public EntityState newState() {
            return real.newState();
        }

        @Override
        public void advance(EntityState state, Tick tick, @Nullable Governing governing, Result result) {
            long number = turns.next();
            (turns.forecasts(number) ? real : copy).advance(state, tick, governing, result);
            result.commit = BenchTurns.commits(number);
        }
    }

    /** Makes one forecast, and hands out copies of it from then on. States stay as they are. */
    static final class Copying implements TickStep {
        private final TickStep real;
        private @Nullable Forecast made;

        Copying(TickStep real) {
            this.real = real;
        }

        @Override
        public EntityState newState() {
            return real.newState();
        }

        @Override
        public void advance(EntityState state, Tick tick, @Nullable Governing governing, Result result) {
            var copied = made;
            if (copied == null) {
                real.advance(state, tick, governing, result);
                made = result.forecast;
                return;
            }
            result.forecast = new Forecast(
                    tick.entity(),
                    tick.time(),
                    copied.cadence(),
                    copied.levels(),
                    copied.values(),
                    copied.stamp(),
                    copied.means(),
                    copied.directions());
        }
    }
}
