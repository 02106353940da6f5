package dev.gatecast.codec;

import dev.gatecast.forecast.Correction;
import dev.gatecast.forecast.Fleet;
import dev.gatecast.forecast.Recipe;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What an exported recipe has beside features and networks: its correction, and what it knows of new entities. */
final class CorrectionText {
    private static final String FROM = "correction.from";
    private static final String WIDTHS = "correction.widths";
    private static final String LEAST = "correction.least";
    private static final String FLEET = "fleet";

    private CorrectionText() {}

    /** {@code text} Modified. */
    static void write(Recipe recipe, Map<String, String> text) {
        var correction = recipe.correction();
        text.put(FROM, Long.toString(correction.from()));
        text.put(LEAST, Double.toString(correction.least()));
        if (correction.widths().length > 0) {
            var widths = new StringJoiner(",");
            for (var width : correction.widths()) {
                widths.add(Float.toString(width));
            }
            text.put(WIDTHS, widths.toString());
        }
        var parts = new TreeMap<String, byte[]>();
        FleetAvro.put(recipe.fleet(), parts);
        parts.forEach((name, part) -> text.put(name, HexFormat.of().formatHex(part)));
    }

    /** None of it where the text says nothing, as others' recipes do. */
    static Recipe read(Recipe plain, RecipeText text) throws UndecodableException {
        var widths = text.has(WIDTHS) ? text.numbers(WIDTHS) : Correction.NONE.widths();
        var least = text.number(LEAST, Correction.NONE.least());
        return plain.with(new Correction(from(text), widths, least)).with(fleet(text));
    }

    private static long from(RecipeText text) throws UndecodableException {
        try {
            return Long.parseLong(text.text(FROM, Long.toString(Correction.NONE.from())));
        } catch (NumberFormatException e) {
            throw text.wrong(FROM, "milliseconds since the epoch, or a row number,", e);
        }
    }

    private static @Nullable Fleet fleet(RecipeText text) throws UndecodableException {
        var parts = new TreeMap<String, byte[]>();
        try {
            if (text.has(FLEET)) {
                parts.put(FLEET, HexFormat.of().parseHex(text.text(FLEET, "")));
            }
            return FleetAvro.take(parts);
        } catch (IOException | IllegalArgumentException e) {
            throw text.wrong(FLEET, "what an export wrote, hexadecimal digits,", e);
        }
    }
}
