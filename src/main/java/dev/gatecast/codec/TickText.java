package dev.gatecast.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import de.siegmar.fastcsv.writer.CsvWriter;
import dev.gatecast.event.Tick;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Ticks written as text. */
final class TickText {
    private TickText() {}

    static byte[] json(Tick tick, TickFormat format) {
        return Json.write(out -> {
            if (format.entityField() != null) {
                out.writeStringField(format.entityField(), tick.entity());
            }
            if (format.time().field() != null) {
                out.writeFieldName(format.time().field());
                time(tick.time(), format.time().format(), out);
            }
            var traits = format.who().traits();
            text(traits.zone(), tick.traits().zone(), out);
            text(traits.category(), tick.traits().category(), out);
            for (var i = 0; i < tick.values().length; i++) {
                if (!Double.isNaN(tick.values()[i])) {
                    out.writeNumberField(format.fields().get(i), tick.values()[i]);
                }
            }
        });
    }

    static byte[] csv(Tick tick, TickFormat format) {
        var cells = format.line().columns().stream()
                .map(column -> cell(column, tick, format))
                .toArray(String[]::new);
        var text = new StringWriter();
        try (var out =
                CsvWriter.builder().fieldSeparator(format.line().separator()).build(text)) {
            out.writeRecord(cells);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return text.getBuffer().substring(0, text.getBuffer().length() - 1).getBytes(StandardCharsets.UTF_8);
    }

    private static String cell(String column, Tick tick, TickFormat format) {
        if (column.equals(format.entityField())) {
            return tick.entity();
        }
        if (column.equals(format.time().field())) {
            return time(tick.time(), format.time().format());
        }
        var traits = format.who().traits();
        if (column.equals(traits.zone())) {
            return tick.traits().zone();
        }
        if (column.equals(traits.category())) {
            return tick.traits().category();
        }
        var field = format.fields().indexOf(column);
        return field < 0 || Double.isNaN(tick.values()[field]) ? "" : Double.toString(tick.values()[field]);
    }

    private static void text(@Nullable String field, String text, JsonGenerator out) throws IOException {
        if (field != null && !text.isEmpty()) {
            out.writeStringField(field, text);
        }
    }

    private static void time(long millis, TimeFormat format, JsonGenerator out) throws IOException {
        if (format == TimeFormat.ISO) {
            out.writeString(time(millis, format));
        } else {
            out.writeNumber(time(millis, format));
        }
    }

    private static String time(long millis, TimeFormat format) {
        return switch (format) {
            case ISO -> Instant.ofEpochMilli(millis).toString();
            case SECONDS -> BigDecimal.valueOf(millis, 3).stripTrailingZeros().toPlainString();
            case MILLIS, NUMBER -> Long.toString(millis);
            case MICROS -> BigDecimal.valueOf(millis, -3).toPlainString();
            case NANOS -> BigDecimal.valueOf(millis, -6).toPlainString();
        };
    }
}
