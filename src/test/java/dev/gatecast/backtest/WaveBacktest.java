package dev.gatecast.backtest;

import dev.gatecast.backtest.BacktestSettings.Data;
import dev.gatecast.backtest.BacktestSettings.Output;
import dev.gatecast.backtest.BacktestSettings.Steps;
import dev.gatecast.forecast.ForecasterSettings;
import dev.gatecast.forecast.Model;
import dev.gatecast.source.CsvOptions;
import dev.gatecast.source.CsvOptions.Columns;
import dev.gatecast.source.CsvOptions.Layout;
import dev.gatecast.source.CsvTicks;
import dev.gatecast.source.Cut;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;

/** Backtests of three entities with the wave of a day, in files of their own. */
abstract class WaveBacktest {
    static final long HOUR = 3_600_000L;
    static final long START = Instant.parse("2001-01-01T00:00:00Z").toEpochMilli();
    static final Model MODEL = dev.gatecast.support.Models.random(1);
    static final Trained PASSED = new Trained(MODEL, true, "the challenger beats every naive forecast");
    static final int ROWS = 240;
    static final int THREADS = 2;

    @TempDir
    Path folder;

    /** A day's wave with noise for each of the entities a, b, c. */
    static double[][] waves(long seed) {
        var random = new Random(seed);
        return IntStream.range(0, 3)
                .mapToObj(entity -> IntStream.range(0, ROWS)
                        .mapToDouble(row -> Math.rint(
                                50 + 30 * Math.sin(row * Math.PI / 12) + 3 * random.nextGaussian() + 10 * entity))
                        .toArray())
                .toArray(double[][]::new);
    }

    static String time(int row) {
        return Instant.ofEpochMilli(START + row * HOUR).toString();
    }

    Path wide(String name, double[][] values) throws IOException {
        var lines = new ArrayList<>(List.of("time,a,b,c"));
        for (var row = 0; row < ROWS; row++) {
            lines.add(time(row) + "," + values[0][row] + "," + values[1][row] + "," + values[2][row]);
        }
        return Files.write(folder.resolve(name), lines);
    }

    static Steps steps() {
        return new Steps(0, List.of(24), 0);
    }

    BacktestSettings settings(@Nullable String cut, String out, boolean lastOnly) {
        return new BacktestSettings(
                steps(),
                Data.of(cut == null ? null : Cut.parse(cut)),
                ForecasterSettings.DEFAULT,
                Output.to(folder.resolve(out), lastOnly, false),
                THREADS);
    }

    static Report run(BacktestSettings settings, Path csv, Models models) {
        var options = CsvOptions.of(List.of(csv), Layout.WIDE, new Columns(null, "time", List.of(), List.of()));
        return new Backtest(settings, () -> CsvTicks.open(options), (stage, share, ticks) -> {}).run(models);
    }

    List<String[]> rows(String out, String file) throws IOException {
        return Files.readAllLines(folder.resolve(out).resolve(file)).stream()
                .skip(1)
                .map(line -> line.split(",", -1))
                .toList();
    }

    static BacktestSettings hourly(BacktestSettings base) {
        return new BacktestSettings(
                new Steps(6, List.of(24), HOUR), base.data(), base.forecaster(), base.output(), THREADS);
    }
}
