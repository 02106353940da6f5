package dev.gatecast.backtest;

import dev.gatecast.source.BadSource;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The files of a backtest; none where no folder is named. */
final class OutputFiles implements AutoCloseable {
    private static final int BUFFER = 1 << 20;

    private final BacktestSettings.Output output;
    private final Map<OutputFile, OutputStream> streams = new EnumMap<>(OutputFile.class);
    private final Set<OutputFile> headed = new HashSet<>();
    private @Nullable EntityFiles byEntity;

    private OutputFiles(BacktestSettings.Output output) {
        this.output = output;
    }

    /**
     * Makes the folder and opens the files; older ones are replaced.
     *
     * @throws BadSource if it cannot be written
     */
    static OutputFiles open(BacktestSettings.Output output) {
        var files = new OutputFiles(output);
        if (output.folder() != null) {
            try {
                Files.createDirectories(output.folder());
                for (var file : output.files()) {
                    files.open(file, output.folder().resolve(file.path()));
                }
            } catch (IOException e) {
                throw new BadSource(output.folder() + ": cannot be written: " + e, e);
            }
        }
        return files;
    }

    private void open(OutputFile file, Path path) throws IOException {
        if (file == OutputFile.SCORES_BY_ENTITY) {
            byEntity = new EntityFiles(path, file.header(new float[0]));
        } else {
            var stream = new BufferedOutputStream(Files.newOutputStream(path), BUFFER);
            streams.put(
                    file,
                    file == OutputFile.FORECASTS_PARQUET ? new ParquetForecasts(stream, output.rowTimes()) : stream);
        }
    }

    /** Empty pages for the files that are written. */
    Pages pages(int horizons) {
        return new Pages(output, horizons);
    }

    /** Writes what an item of a block has led to. */
    void write(String entity, Pages pages, int place) {
        try {
            for (var page : pages.all().entrySet()) {
                if (!page.getValue().isEmpty(place)) {
                    write(entity, page.getKey(), page.getValue(), pages, place);
                }
            }
        } catch (IOException e) {
            throw new BadSource(output.folder() + ": cannot be written: " + e, e);
        }
    }

    private void write(String entity, OutputFile file, Page page, Pages pages, int place) throws IOException {
        if (file == OutputFile.SCORES_BY_ENTITY) {
            if (byEntity != null) {
                page.writeTo(byEntity.of(entity), place);
            }
            return;
        }
        var stream = streams.get(file);
        if (stream != null) {
            head(file, stream, pages.levels());
            page.writeTo(stream, place);
        }
    }

    private void head(OutputFile file, OutputStream stream, float[] levels) throws IOException {
        if (!headed.add(file)) {
            return;
        }
        if (stream instanceof ParquetForecasts rows) {
            rows.begin(levels);
        } else {
            stream.write(file.header(levels).getBytes(StandardCharsets.UTF_8));
        }
    }

    void report(Report report) {
        if (output.folder() != null) {
            report.write(output.folder());
        }
    }

    @Override
    public void close() {
        try {
            for (var stream : streams.entrySet()) {
                head(stream.getKey(), stream.getValue(), ForecastRows.LEVELS_WITHOUT_A_MODEL);
                stream.getValue().close();
            }
            if (byEntity != null) {
                byEntity.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
