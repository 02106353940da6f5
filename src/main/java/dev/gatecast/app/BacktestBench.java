package dev.gatecast.app;

import dev.gatecast.backtest.Backtest;
import dev.gatecast.backtest.BacktestSettings;
import dev.gatecast.backtest.Models;
import dev.gatecast.forecast.ForecasterSettings;
import dev.gatecast.forecast.Model;
import dev.gatecast.source.CsvOptions;
import dev.gatecast.source.CsvTicks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Times backtests of made CSV files on one thread, files of all entities' ticks in the order of time. The loads take turns,
 * so that a noisy machine is noisy for all; what counts is the processor time of the process, reading and collecting
 * garbage included.
 */
final class BacktestBench {
    private static final long START = Instant.parse("2020-01-01T00:00:00Z").toEpochMilli();
    private static final long HOUR = 3_600_000L;

    private final Path folder;
    private final Model model;
    private final int ticks;

    /**
     * A bench.
     *
     * @param folder for the files
     * @param ticks of each backtest, about
     */
    BacktestBench(Path folder, Model model, int ticks) {
        this.folder = folder;
        this.model = model;
        this.ticks = ticks;
    }

    /**
     * What is measured.
     *
     * @param entities as many, each with as many ticks
     * @param every a forecast at every so many-th tick
     */
    record Load(int entities, int every) {
        /** Few and many entities, a forecast at every tick and once a day. */
        static final List<Load> ALL =
                List.of(new Load(50, 1), new Load(1_000, 1), new Load(50, 24), new Load(1_000, 24));

        String text() {
            var when = every == 1 ? "every tick" : "every " + every + "th tick";
            return String.format(Locale.ROOT, "%,6d entities, a forecast at %s", entities, when);
        }
    }

    /**
     * Ticks a second of processor time.
     *
     * @param load what was measured
     * @param median of the turns
     * @param best of the turns
     */
    record Speed(Load load, double median, double best) {
        static Speed of(Load load, double[] turns) {
            var sorted = turns.clone();
            Arrays.sort(sorted);
            var median = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
            return new Speed(load, median, sorted[sorted.length - 1]);
        }

        String text() {
            return String.format(
                    Locale.ROOT, "%s: %,.0f ticks/s a core (median; best %,.0f)", load.text(), median, best);
        }
    }

    /** Measures all loads in turns, after one turn that does not count. */
    List<Speed> run(int turns) {
        var loads = Load.ALL;
        var speeds = new double[loads.size()][turns];
        for (var turn = -1; turn < turns; turn++) {
            for (var i = 0; i < loads.size(); i++) {
                var speed = turn(loads.get(i));
                if (turn >= 0) {
                    speeds[i][turn] = speed;
                }
            }
        }
        return IntStream.range(0, loads.size())
                .mapToObj(i -> Speed.of(loads.get(i), speeds[i]))
                .toList();
    }

    private double turn(Load load) {
        var columns = new CsvOptions.Columns("entity", "time", List.of("value"), List.of());
        var options = CsvOptions.of(List.of(file(load.entities())), CsvOptions.Layout.LONG, columns);
        var before = TrainTime.processor();
        var report = new Backtest(settings(load.every()), () -> CsvTicks.open(options), (stage, share, read) -> {})
                .run(new Models.Pinned(model));
        return report.counts().ticks() / ((TrainTime.processor() - before) / 1e9);
    }

    /** The mixture is on, as it is by default. */
    private static BacktestSettings settings(int every) {
        var usual = ForecasterSettings.DEFAULT;
        var forecaster = new ForecasterSettings(
                usual.ring(),
                every,
                usual.valueLimit(),
                usual.violationLimit(),
                usual.output().withMixture(true).withoutDrivers(),
                usual.detector());
        return new BacktestSettings(
                new BacktestSettings.Steps(0, List.of(24, 168), HOUR),
                BacktestSettings.Data.of(null),
                forecaster,
                BacktestSettings.Output.to(null, false, false),
                1);
    }

    /** A day, a week and noise for each entity; made at the first question. */
    private Path file(int entities) {
        var path = folder.resolve("ticks-" + entities + ".csv");
        if (Files.exists(path)) {
            return path;
        }
        var random = new Random(7);
        try (var out = Files.newBufferedWriter(path)) {
            out.write("time,entity,value\n");
            for (var hour = 0; hour < ticks / entities; hour++) {
                var time = Instant.ofEpochMilli(START + hour * HOUR);
                for (var entity = 0; entity < entities; entity++) {
                    var day = 30 * StrictMath.sin(2 * Math.PI * hour / 24 + entity);
                    var week = 10 * StrictMath.sin(2 * Math.PI * hour / 168 + entity / 3.0);
                    var value = 100 + 3 * (entity % 50) + day + week + 3 * random.nextGaussian();
                    out.write(String.format(Locale.ROOT, "%s,entity-%06d,%.2f%n", time, entity, value));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the ticks could not be written", e);
        }
        return path;
    }
}
