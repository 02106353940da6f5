package dev.gatecast.trainer;

import dev.gatecast.event.Tick;
import dev.gatecast.event.Traits;
import dev.gatecast.source.Fields;
import dev.gatecast.source.History;
import dev.gatecast.source.Origin;
import dev.gatecast.source.Rejections;
import dev.gatecast.source.SourcedTick;
import dev.gatecast.source.TickSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Histories made of functions of the row number. Hourly, from a Monday on. */
final class Histories {
    static final long START = 978_307_200_000L; // 2001-01-01T00:00:00Z, a Monday
    static final long HOUR = 3_600_000L;

    private final List<SourcedTick> ticks = new ArrayList<>();

    /** Adds an entity of so many rows. */
    Histories with(String entity, int rows, IntToDoubleFunction value) {
        for (int row = 0; row < rows; row++) {
            tick(entity, START + row * HOUR, value.applyAsDouble(row));
        }
        return this;
    }

    /** Adds an entity of which something is known. */
    Histories with(String entity, int rows, IntToDoubleFunction value, Traits traits) {
        for (int row = 0; row < rows; row++) {
            var values = new double[] {value.applyAsDouble(row)};
            ticks.add(new SourcedTick(
                    new Tick(entity, START + row * HOUR, values, traits), row, new Origin.Line("made", row + 1)));
        }
        return this;
    }

    /** Adds an entity with more fields; each value is asked for row by row. */
    Histories withFields(String entity, int rows, IntFunction<double[]> values) {
        for (int row = 0; row < rows; row++) {
            tick(entity, START + row * HOUR, values.apply(row));
        }
        return this;
    }

    /** Adds a tick. */
    Histories tick(String entity, long time, double... values) {
        return tick(new Tick(entity, time, values));
    }

    /** Adds a tick. */
    Histories tick(Tick tick) {
        int row = ticks.size();
        ticks.add(new SourcedTick(tick, row, new Origin.Line("made", row + 1)));
        return this;
    }

    History history() {
        return History.read(source(), History.Limits.DEFAULT);
    }

    TickSource source() {
        return new Ticks(ticks);
    }

    /** A daily wave with noise, positive. */
    static IntToDoubleFunction wave(double level, double size, long seed) {
        var random = new Random(seed);
        return row -> level + size * Math.sin(2 * Math.PI * row / 24) + 0.2 * size * random.nextGaussian();
    }

    /** The logistic map in its chaotic range; rows have to be asked for in their order. */
    static IntToDoubleFunction logistic(double level, double size, double start) {
        var x = new double[] {start};
        return row -> {
            x[0] = 3.7 * x[0] * (1 - x[0]);
            return level + size * x[0];
        };
    }

    private static final class Ticks implements TickSource {
        private final List<SourcedTick> ticks;
        private final Rejections rejections = new Rejections();
        private int next;

        Ticks(List<SourcedTick> ticks) {
            this.ticks = ticks;
        }

        @Override
        public Fields fields() {
            var names = new ArrayList<>(List.of("value"));
            for (int i = 1; i < ticks.get(0).tick().values().length; i++) {
                names.add("field-" + i);
            }
            return new Fields(names, List.of("value"));
        }

        @Override
        public @Nullable SourcedTick next() {
            return next < ticks.size() ? ticks.get(next++) : null;
        }

        @Override
        public double progress() {
            return 1;
        }

        @Override
        public Rejections rejections() {
            return rejections;
        }

        @Override
        public void close() {}
    }
}
