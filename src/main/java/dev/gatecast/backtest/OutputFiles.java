package dev.gatecast.backtest;

import dev.gatecast.event.Tick;
import dev.gatecast.forecast.Outcome;
import dev.gatecast.source.BadSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The files of a backtest: forecasts.csv, scores.csv, report.json; none of them where no folder is named. */
final class OutputFiles implements ForecastSink, AutoCloseable {
    private final @Nullable Path folder;
    private final @Nullable ForecastsCsv forecasts;
    private final @Nullable ScoresCsv scores;

    private OutputFiles(@Nullable Path folder, @Nullable ForecastsCsv forecasts, @Nullable ScoresCsv scores) {
        this.folder = folder;
        this.forecasts = forecasts;
        this.scores = scores;
    }

    /**
     * Makes the folder and opens the files; older ones are replaced.
     *
     * @param horizons how many of a forecast's horizons are written
     * @throws BadSource if it cannot be written
     */
    static OutputFiles open(BacktestSettings.Output output, int horizons) {
        var folder = output.folder();
        if (folder == null) {
            return new OutputFiles(null, null, null);
        }
        var times = new TimeText(output.rowTimes());
        try {
            Files.createDirectories(folder);
            return new OutputFiles(
                    folder,
                    new ForecastsCsv(folder.resolve("forecasts.csv"), times, horizons, output.lastOnly()),
                    new ScoresCsv(folder.resolve("scores.csv"), times));
        } catch (IOException e) {
            throw new BadSource(folder + ": cannot be written: " + e, e);
        }
    }

    @Override
    public void forecast(Pending made, Window window, boolean last) {
        if (forecasts != null) {
            forecasts.forecast(made, window, last);
        }
    }

    void tick(Tick tick, Outcome outcome) {
        if (scores != null) {
            scores.tick(tick, outcome);
        }
    }

    void report(Report report) {
        if (folder != null) {
            report.writeJson(folder.resolve("report.json"));
        }
    }

    @Override
    public void close() {
        if (forecasts != null) {
            forecasts.close();
        }
        if (scores != null) {
            scores.close();
        }
    }
}
