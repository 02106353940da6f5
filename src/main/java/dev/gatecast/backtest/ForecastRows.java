package dev.gatecast.backtest;

import dev.gatecast.event.Forecast;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The rows of {@code forecasts.csv}: one a horizon, with the actual value where it came. */
final class ForecastRows implements ForecastSink {
    /** Levels of a file without forecasts: those that a model has by default. */
    static final float[] LEVELS_WITHOUT_A_MODEL = {0.025f, 0.05f, 0.1f, 0.25f, 0.5f, 0.75f, 0.9f, 0.95f, 0.975f};

    private final Lines lines;
    private final TimeText times;
    private final int horizons;
    private String entity = "";
    private byte[] entityCell = {};
    private String model = "";
    private byte[] modelCell = {};

    ForecastRows(Lines lines, TimeText times, int horizons) {
        this.lines = lines;
        this.times = times;
        this.horizons = horizons;
    }

    /** The quantiles' column names. */
    static List<String> names(float[] levels) {
        var names = new ArrayList<String>();
        for (var level : levels) {
            names.add("q" + level);
        }
        return names;
    }

    @Override
    public void forecast(Pending made, Window window, boolean last) {
        var forecast = made.forecast;
        if (forecast == null) {
            return;
        }
        remember(forecast);
        for (var h = 1; h <= horizons; h++) {
            row(made.slot + h, window, forecast, h);
        }
    }

    private void remember(Forecast forecast) {
        if (!entity.equals(forecast.entity())) {
            entity = forecast.entity();
            entityCell = Lines.quoted(entity);
        }
        if (!model.equals(forecast.stamp().model())) {
            model = forecast.stamp().model();
            modelCell = model.getBytes(StandardCharsets.UTF_8);
        }
    }

    private void row(long slot, Window window, Forecast forecast, int horizon) {
        lines.raw(entityCell).comma().raw(times.of(forecast.madeAt())).comma();
        lines.whole(horizon).comma();
        target(slot, window, forecast, horizon);
        for (var level = 0; level < forecast.levels().length; level++) {
            lines.comma().number(forecast.quantile(horizon, level));
        }
        lines.comma();
        var actual = window.actual(slot);
        if (!Double.isNaN(actual)) {
            lines.number(actual);
        }
        lines.comma()
                .raw(modelCell)
                .comma()
                .number(forecast.means()[horizon - 1])
                .end();
    }

    private void target(long slot, Window window, Forecast forecast, int horizon) {
        if (forecast.cadence() > 0) {
            lines.raw(times.of(forecast.targetTime(horizon)));
        } else if (times.numbers()) {
            lines.raw(times.of(forecast.madeAt() + horizon));
        } else if (window.time(slot) != Window.NO_TIME) {
            lines.raw(times.of(window.time(slot)));
        }
    }
}
