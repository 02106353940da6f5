package dev.gatecast.forecast;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.event.Forecast;
import dev.gatecast.event.Tick;
import dev.gatecast.support.Models;
import dev.gatecast.support.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.NullUnmarked;

/** Ticks of one entity, its state and its forecasts. */
@NullUnmarked
abstract class OneEntity {
    final Forecaster forecaster = new Forecaster(ForecasterSettings.DEFAULT);

    /** The default one with the mixture on or off. */
    static Forecaster forecaster(boolean mixture) {
        return new Forecaster(Models.settings(mixture));
    }

    static Tick tick(int step, double value) {
        return new Tick("JFK", step * Models.HOUR, new double[] {value});
    }

    static Tick daily(int step, Random random) {
        return tick(step, 30 + 20 * Math.sin(2 * Math.PI * step / 24) + random.nextGaussian());
    }

    static List<Long> bits(EntityState state) {
        var numbers = new Numbers();
        state.visit(numbers);
        return numbers.bits();
    }

    EntityState runTo(int steps, Governing governing) {
        var state = forecaster.newState();
        var random = new Random(1);
        for (int t = 0; t < steps; t++) {
            assertNull(forecaster.advance(state, daily(t, random), governing).rejection());
        }
        return state;
    }

    static void assertSound(Forecast forecast) {
        int levels = forecast.levels().length;
        for (int i = 0; i < forecast.values().length; i++) {
            assertTrue(Float.isFinite(forecast.values()[i]));
            assertTrue(i % levels == 0 || forecast.values()[i - 1] <= forecast.values()[i], "ordered");
        }
    }

    static float[] copy(Forecast forecast) {
        return forecast == null ? new float[0] : forecast.values().clone();
    }

    static List<Float> list(float[] values) {
        var list = new ArrayList<Float>();
        for (float value : values) {
            list.add(value);
        }
        return list;
    }
}
