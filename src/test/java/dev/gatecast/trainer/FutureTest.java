package dev.gatecast.trainer;

import static dev.gatecast.trainer.Histories.HOUR;
import static dev.gatecast.trainer.Histories.START;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.event.Tick;
import dev.gatecast.forecast.Forecaster;
import dev.gatecast.forecast.ForecasterSettings;
import dev.gatecast.forecast.Governing;
import dev.gatecast.forecast.Model;
import dev.gatecast.forecast.TickFields;
import dev.gatecast.source.Fields;
import dev.gatecast.source.History;
import dev.gatecast.source.Origin;
import dev.gatecast.source.Rejections;
import dev.gatecast.source.SourcedTick;
import dev.gatecast.source.TickSource;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A campaign that begins and ends by chance, and raises the value by 6; ticks say it four steps ahead. */
class FutureTest {
    private static final int AHEAD = 4;
    private static final int ROWS = 1000;
    private static final int FIRST_JUDGED = 60;

    /** Ticks of one entity, without what they would say of the rows from {@code silent} on. */
    private static List<Tick> ticks(String entity, int seed, int rows, int silent) {
        var random = new Random(seed);
        var campaign = new int[rows + AHEAD];
        for (int row = 1; row < campaign.length; row++) {
            boolean turns = random.nextInt(campaign[row - 1] == 1 ? 6 : 18) == 0;
            campaign[row] = turns ? 1 - campaign[row - 1] : campaign[row - 1];
        }
        var ticks = new ArrayList<Tick>();
        for (int row = 0; row < rows; row++) {
            var values = new double[2 + AHEAD];
            values[0] = 20 + 3 * Math.sin(2 * Math.PI * row / 24) + 0.3 * random.nextGaussian() + 6 * campaign[row];
            for (int step = 0; step <= AHEAD; step++) {
                values[1 + step] = row + step < silent ? campaign[row + step] : Double.NaN;
            }
            ticks.add(new Tick(entity, START + row * HOUR, values));
        }
        return ticks;
    }

    private static List<String> names(boolean announced) {
        return announced
                ? List.of("value", "campaign", "campaign+1", "campaign+2", "campaign+3", "campaign+4")
                : List.of("value", "campaign");
    }

    private static Tick told(Tick tick, boolean announced) {
        return announced ? tick : new Tick(tick.entity(), tick.time(), Arrays.copyOf(tick.values(), 2));
    }

    /** Six entities whose ticks say ahead what is coming. */
    static History announced() {
        return history(true);
    }

    private static History history(boolean announced) {
        var ticks = new ArrayList<Tick>();
        for (int i = 0; i < 6; i++) {
            ticks("entity-" + i, i, ROWS, Integer.MAX_VALUE).forEach(tick -> ticks.add(told(tick, announced)));
        }
        return History.read(new Made(ticks, names(announced)), History.Limits.DEFAULT);
    }

    private static Model trained(boolean announced) {
        return new Trainer(Small.iterations(300), InstantSource.system(), Progress.Listener.SILENT)
                .challenge(history(announced), Optional.empty(), Map.of())
                .challenger();
    }

    private static List<float[]> medians(Model model, List<Tick> ticks, boolean announced) {
        var names = names(announced);
        var forecaster = new Forecaster(ForecasterSettings.DEFAULT, new TickFields(names.subList(1, names.size())));
        var state = forecaster.newState();
        int median = model.recipe().level(0.5);
        var medians = new ArrayList<float[]>();
        for (var tick : ticks) {
            var forecast = Objects.requireNonNull(forecaster
                    .advance(state, told(tick, announced), new Governing(model, 1))
                    .forecast());
            var ofHorizons = new float[AHEAD];
            for (int h = 0; h < AHEAD; h++) {
                ofHorizons[h] = forecast.quantile(h + 1, median);
            }
            medians.add(ofHorizons);
        }
        return medians;
    }

    /** Mean absolute error on an entity that no training has seen. */
    private static double error(Model model, boolean announced, int silent) {
        var ticks = ticks("new", 77, ROWS, silent);
        var medians = medians(model, ticks, announced);
        return IntStream.range(FIRST_JUDGED, ROWS - AHEAD)
                .mapToDouble(row -> IntStream.range(0, AHEAD)
                        .mapToDouble(h -> Math.abs(ticks.get(row + 1 + h).values()[0] - medians.get(row)[h]))
                        .average()
                        .orElseThrow())
                .average()
                .orElseThrow();
    }

    @Test
    void whatIsAnnouncedAheadLowersTheErrorWhereThePastCannotKnowIt() {
        var told = trained(true);
        var future = told.recipe().spec().context().future();
        assertEquals(AHEAD, future.steps());
        double with = error(told, true, Integer.MAX_VALUE);
        double without = error(trained(false), false, Integer.MAX_VALUE);
        double silenced = error(told, true, FIRST_JUDGED);
        System.out.printf("campaigns, MAE: announced %.3f, not %.3f, silenced %.3f%n", with, without, silenced);
        assertTrue(with < 0.5 * without, with + " beside " + without);
        assertTrue(silenced < 1.5 * without, silenced + " beside " + without);
    }

    @Test
    void whatIsAnnouncedCostsNothingWhereItSaysNothing() {
        double with = idleError(2 + AHEAD);
        double past = idleError(2);
        double without = idleError(1);
        System.out.printf("idle field, MAE: announced %.4f, past %.4f, none %.4f%n", with, past, without);
        assertTrue(with < 1.02 * without, with + " beside " + without);
        assertTrue(past < 1.02 * without, past + " beside " + without);
    }

    /** Of ticks whose field has nothing to do with their value, of which a model is shown the first so many numbers. */
    private static double idleError(int shown) {
        var names = names(true).subList(0, shown);
        var history = History.empty(Fields.of(names, List.of("value")), History.Limits.DEFAULT);
        for (int i = 0; i < 6; i++) {
            int row = 0;
            for (var tick : idle("entity-" + i, i)) {
                var told = new Tick(tick.entity(), tick.time(), Arrays.copyOf(tick.values(), shown));
                history.add(new SourcedTick(told, row++, new Origin.Line("made", row)));
            }
        }
        var model = new Trainer(Small.iterations(300), InstantSource.system(), Progress.Listener.SILENT)
                .challenge(history, Optional.empty(), Map.of())
                .challenger();
        var forecaster = new Forecaster(ForecasterSettings.DEFAULT, new TickFields(names.subList(1, shown)));
        var state = forecaster.newState();
        var ticks = idle("new", 77);
        double sum = 0;
        for (int row = 0; row + AHEAD < ROWS; row++) {
            var told = new Tick(
                    "new", ticks.get(row).time(), Arrays.copyOf(ticks.get(row).values(), shown));
            var forecast = Objects.requireNonNull(
                    forecaster.advance(state, told, new Governing(model, 1)).forecast());
            for (int h = 1; row >= FIRST_JUDGED && h <= AHEAD; h++) {
                sum += Math.abs(ticks.get(row + h).values()[0]
                        - forecast.quantile(h, model.recipe().level(0.5)));
            }
        }
        return sum / AHEAD / (ROWS - AHEAD - FIRST_JUDGED);
    }

    private static List<Tick> idle(String entity, int seed) {
        var random = new Random(1000 + seed);
        return ticks(entity, seed, ROWS, Integer.MAX_VALUE).stream()
                .map(tick -> {
                    var values = tick.values().clone();
                    values[0] = 20
                            + 3 * Math.sin(2 * Math.PI * (tick.time() - START) / HOUR / 24)
                            + 0.5 * random.nextGaussian();
                    return new Tick(tick.entity(), tick.time(), values);
                })
                .toList();
    }

    @Test
    void nothingThatIsSaidLaterChangesAnEarlierForecast() {
        var model = trained(true);
        int change = 400;
        var one = ticks("new", 77, 500, Integer.MAX_VALUE);
        var other = new ArrayList<>(one.subList(0, change));
        for (var tick : one.subList(change, one.size())) {
            var values = tick.values().clone();
            for (int i = 0; i < values.length; i++) {
                values[i] = i == 0 ? 5 : 1 - values[i];
            }
            other.add(new Tick(tick.entity(), tick.time(), values));
        }
        var first = medians(model, one, true);
        var second = medians(model, other, true);
        for (int row = 0; row < change; row++) {
            assertArrayEquals(first.get(row), second.get(row), "row " + row);
        }
        assertNotEquals(first.get(change)[0], second.get(change)[0]);
    }

    @Test
    void theGateSeesWhatLiveSees() {
        var ticks = ticks("entity", 5, 700, Integer.MAX_VALUE);
        var gappy = new ArrayList<Tick>();
        var random = new Random(3);
        for (var tick : ticks) {
            if (random.nextInt(5) > 0) {
                var values = tick.values().clone();
                for (int i = 2; i < values.length; i++) {
                    values[i] = random.nextInt(3) == 0 ? Double.NaN : values[i];
                }
                gappy.add(new Tick(tick.entity(), tick.time(), values));
            }
        }
        var model = trained(true);
        var history = History.read(new Made(gappy, names(true)), History.Limits.DEFAULT);
        var data = TrainingData.of(history, Small.SETTINGS.target(), Small.SETTINGS.holdOut());
        var past = data.pasts().get(0);
        var again = IntStream.range(0, past.rows())
                .mapToObj(row -> new Tick("entity", past.times()[row], past.tick(row)))
                .toList();
        var live = medians(model, gappy, true);
        var replayed = medians(model, again, true);
        for (int row = 0; row < live.size(); row++) {
            assertArrayEquals(live.get(row), replayed.get(row), "row " + row);
        }
    }

    /** Ticks with fields of these names. */
    private record Made(List<Tick> ticks, List<String> names, int[] at, Rejections rejections) implements TickSource {
        Made(List<Tick> ticks, List<String> names) {
            this(ticks, names, new int[1], new Rejections());
        }

        @Override
        public Fields fields() {
            return new Fields(names, List.of("value"));
        }

        @Override
        public @Nullable SourcedTick next() {
            int row = at[0]++;
            return row < ticks.size() ? new SourcedTick(ticks.get(row), row, new Origin.Line("made", row + 1)) : null;
        }

        @Override
        public double progress() {
            return 1;
        }

        @Override
        public void close() {}
    }
}
