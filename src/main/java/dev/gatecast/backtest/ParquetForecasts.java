package dev.gatecast.backtest;

import dev.gatecast.codec.ParquetColumn;
import dev.gatecast.codec.ParquetColumn.Kind;
import dev.gatecast.codec.ParquetFile;
import dev.gatecast.source.BadSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code forecasts.parquet}: the columns of {@code forecasts.csv}. Takes what {@link ParquetRows} writes. */
final class ParquetForecasts extends OutputStream {
    private final OutputStream out;
    private final ParquetColumn entity = new ParquetColumn("entity", Kind.TEXT, false);
    private final ParquetColumn madeAt;
    private final ParquetColumn horizon = new ParquetColumn("horizon", Kind.WHOLE, false);
    private final ParquetColumn target;
    private final List<ParquetColumn> quantiles = new ArrayList<>();
    private final ParquetColumn actual = new ParquetColumn("actual", Kind.DOUBLE, true);
    private final ParquetColumn model = new ParquetColumn("model", Kind.TEXT, false);
    private final ParquetColumn mean = new ParquetColumn("mean", Kind.FLOAT, false);
    private @Nullable ParquetFile file;

    /** Writes to {@code out}, which is closed with this; {@code numbers}: times are row numbers. */
    ParquetForecasts(OutputStream out, boolean numbers) {
        this.out = out;
        var times = numbers ? Kind.LARGE : Kind.TIME;
        madeAt = new ParquetColumn("made_at", times, false);
        target = new ParquetColumn("target_time", times, true);
    }

    /** Names the quantiles' columns; once, before the first forecast. */
    void begin(float[] levels) throws IOException {
        ForecastRows.names(levels).forEach(name -> quantiles.add(new ParquetColumn(name, Kind.FLOAT, false)));
        var columns = new ArrayList<>(List.of(entity, madeAt, horizon, target));
        columns.addAll(quantiles);
        columns.addAll(List.of(actual, model, mean));
        file = new ParquetFile(out, columns);
    }

    @Override
    public void write(int one) throws IOException {
        throw new IOException("whole forecasts were expected, not a byte");
    }

    /** Whole forecasts. {@code bytes} Not modified. */
    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        var forecasts = ByteBuffer.wrap(bytes, offset, length);
        while (forecasts.hasRemaining()) {
            forecast(forecasts);
        }
    }

    private void forecast(ByteBuffer forecast) throws IOException {
        var name = text(forecast);
        var id = text(forecast);
        var made = forecast.getLong();
        var horizons = forecast.getShort();
        var levels = forecast.getShort();
        if (levels != quantiles.size()) {
            throw new BadSource(
                    "forecasts.parquet: forecasts of " + quantiles.size() + " quantiles expected, got one of " + levels
                            + "; models with other quantiles go into forecasts.csv");
        }
        for (var h = 1; h <= horizons; h++) {
            entity.text(name);
            madeAt.large(made);
            horizon.whole(h);
            row(forecast);
            model.text(id);
            end();
        }
    }

    private void row(ByteBuffer forecast) {
        var time = forecast.getLong();
        if (time == Window.NO_TIME) {
            target.nothing();
        } else {
            target.large(time);
        }
        var came = forecast.getDouble();
        if (Double.isNaN(came)) {
            actual.nothing();
        } else {
            actual.number(came);
        }
        for (var quantile : quantiles) {
            quantile.number(forecast.getFloat());
        }
        mean.number(forecast.getFloat());
    }

    private void end() throws IOException {
        if (file == null) {
            throw new IllegalStateException("begin first");
        }
        file.endRow();
    }

    private static byte[] text(ByteBuffer forecast) {
        var text = new byte[forecast.getShort()];
        forecast.get(text);
        return text;
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
