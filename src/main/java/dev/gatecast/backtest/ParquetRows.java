package dev.gatecast.backtest;

import dev.gatecast.event.Forecast;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Forecasts as {@link ParquetForecasts} reads them, so that the lanes may work beside one another and the file still has
 * its rows in the order of the ticks. All big-endian; a text is its length and its bytes in UTF-8.
 *
 * <pre>
 * short, bytes   entity
 * short, bytes   model
 * long           when it was made
 * short          horizons
 * short          levels
 * for each horizon: long target time, or Window.NO_TIME; double what came, or NaN; a float for each level and one for the mean
 * </pre>
 */
final class ParquetRows implements ForecastSink {
    private final Lines lines;
    private final boolean numbers;
    private final int horizons;

    /** Writes to {@code lines}; {@code numbers}: times are row numbers. */
    ParquetRows(Lines lines, boolean numbers, int horizons) {
        this.lines = lines;
        this.numbers = numbers;
        this.horizons = horizons;
    }

    @Override
    public void forecast(Pending made, Window window, boolean last) {
        var forecast = made.forecast;
        if (forecast == null) {
            return;
        }
        var entity = forecast.entity().getBytes(StandardCharsets.UTF_8);
        var model = forecast.stamp().model().getBytes(StandardCharsets.UTF_8);
        var levels = forecast.levels().length;
        var bytes = ByteBuffer.allocate(
                4 * Short.BYTES + entity.length + model.length + Long.BYTES + horizons * row(levels));
        bytes.putShort((short) entity.length).put(entity);
        bytes.putShort((short) model.length).put(model);
        bytes.putLong(forecast.madeAt()).putShort((short) horizons).putShort((short) levels);
        for (var h = 1; h <= horizons; h++) {
            var slot = made.slot + h;
            bytes.putLong(target(slot, window, forecast, h)).putDouble(window.actual(slot));
            for (var level = 0; level < levels; level++) {
                bytes.putFloat(forecast.quantile(h, level));
            }
            bytes.putFloat(forecast.means()[h - 1]);
        }
        lines.raw(bytes.array());
    }

    private static int row(int levels) {
        return Long.BYTES + Double.BYTES + (levels + 1) * Float.BYTES;
    }

    private long target(long slot, Window window, Forecast forecast, int horizon) {
        if (forecast.cadence() > 0) {
            return forecast.targetTime(horizon);
        }
        return numbers ? forecast.madeAt() + horizon : window.time(slot);
    }
}
