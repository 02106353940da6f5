package dev.gatecast.topology;

import dev.gatecast.event.Alert;
import dev.gatecast.event.Forecast;
import dev.gatecast.event.Rejection;
import dev.gatecast.event.Tick;
import dev.gatecast.forecast.EntityState;
import dev.gatecast.forecast.Forecaster;
import dev.gatecast.forecast.ForecasterSettings;
import dev.gatecast.forecast.Governing;
import dev.gatecast.forecast.TickFields;
import org.jspecify.annotations.Nullable;

/** What is done with a tick once its entity's state is at hand. One per task; a measurement may put another in place. */
interface TickStep {
    /** A fresh state for an entity that has not been seen. */
    EntityState newState();

    /** Advances {@code state}, unless the tick is rejected, and says what came of it. */
    void advance(EntityState state, Tick tick, @Nullable Governing governing, Result result);

    /** What came of a tick; reused. */
    final class Result {
        @Nullable Rejection rejection;

        String reason = "";

        /** The tick as it was taken, with a guess where it was missing; null: as it came. */
        @Nullable Tick taken;

        @Nullable Forecast forecast;

        @Nullable Alert alert;

        /** Whether to commit now instead of at the commit interval. */
        boolean commit;

        void clear() {
            rejection = null;
            reason = "";
            taken = null;
            forecast = null;
            alert = null;
            commit = false;
        }
    }

    /** The real one. */
    static TickStep forecasting(ForecasterSettings settings, TickFields fields) {
        var forecaster = new Forecaster(settings, fields);
        return new TickStep() {
            @Override
            public EntityState newState() {
                return forecaster.newState();
            }

            @Override
            public void advance(EntityState state, Tick tick, @Nullable Governing governing, Result result) {
                var outcome = forecaster.advance(state, tick, governing);
                result.rejection = outcome.rejection();
                result.reason = outcome.reason();
                result.taken = outcome.tick();
                result.forecast = outcome.forecast();
                result.alert = outcome.alert();
            }
        };
    }
}
