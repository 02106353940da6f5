package dev.gatecast.backtest;

import dev.gatecast.source.BadSource;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes {@code entities.csv}: one row an entity with its errors over all horizons. */
final class ReportEntities {
    private ReportEntities() {}

    static void write(Judgement judgement, Path file) {
        var lines = new Lines();
        lines.cell("entity").comma().cell("count").comma().cell("mase");
        judgement.names().forEach(name -> lines.comma().cell(name));
        lines.end();
        judgement.entities().forEach(one -> row(one, lines));
        try (var out = new BufferedOutputStream(Files.newOutputStream(file))) {
            lines.writeTo(out, 0, lines.length());
        } catch (IOException e) {
            throw new BadSource(file + ": cannot be written: " + e, e);
        }
    }

    private static void row(EntityErrors one, Lines lines) {
        lines.cell(one.entity()).comma().whole(one.count()).comma();
        number(one.mase(), lines);
        one.mae().forEach(mae -> number(mae, lines.comma()));
        lines.end();
    }

    private static void number(double value, Lines lines) {
        if (Double.isFinite(value)) {
            lines.number(value);
        }
    }
}
