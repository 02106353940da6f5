package dev.gatecast.codec;

import dev.gatecast.feature.Context;
import dev.gatecast.feature.FeatureSpec;
import dev.gatecast.feature.Input;
import dev.gatecast.feature.InputChoice;
import dev.gatecast.feature.InputChoice.Scale;
import dev.gatecast.feature.Transform;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The features that a recipe's text describes, and the text that describes features. */
final class ImportedFeatures {
    private static final String STANDARD = "standard";
    private static final String CALENDAR = "standard-calendar";
    private static final String CONTEXT = "context.";
    private static final int RING = 336;

    private ImportedFeatures() {}

    /**
     * Reads features.
     *
     * @param profile recent values that the head sees
     */
    static FeatureSpec read(RecipeText text, int profile) throws UndecodableException {
        var seasons = text.list("seasons");
        try {
            var shorter = seasons.isEmpty() ? 0 : Integer.parseInt(seasons.get(0));
            var longer = seasons.size() < 2 ? shorter : Integer.parseInt(seasons.get(1));
            var window = text.whole("scaling.window", 48);
            var choice = choice(text);
            var reach = Math.max(Math.max(2 * window, longer + 1), Math.max(profile, RING));
            return new FeatureSpec(
                    transform(text),
                    new FeatureSpec.Seasons(shorter, longer),
                    new FeatureSpec.Windows(window, profile, text.whole("ring", reach)),
                    cadence(text),
                    choice,
                    spread(text, choice));
        } catch (IllegalArgumentException e) {
            throw new UndecodableException("recipe: " + e.getMessage(), e);
        }
    }

    /** Describes features by the names that {@link #read} takes. {@code text} Modified. */
    static void write(FeatureSpec spec, SortedMap<String, String> text) {
        text.put("transform", spec.transform().name().toLowerCase(Locale.ROOT));
        text.put("seasons", spec.seasons().shorter() + "," + spec.seasons().longer());
        text.put("scaling.window", Integer.toString(spec.windows().level()));
        text.put("ring", Integer.toString(spec.windows().ring()));
        text.put("profile", Integer.toString(spec.windows().profile()));
        text.put(
                "cadence",
                spec.cadence() == 0 ? "none" : Duration.ofMillis(spec.cadence()).toString());
        text.put("spread.training", Double.toString(spec.spread().training()));
        text.put("spread.floor", Double.toString(spec.spread().floor()));
        if (spec.choice() instanceof InputChoice.Listed listed) {
            text.put("inputs", listed.inputs().stream().map(Input::name).collect(Collectors.joining(",")));
            text.put("scaling.by", listed.scale() instanceof Scale.Fixed ? "fixed" : "recent");
            if (listed.scale() instanceof Scale.Fixed fixed) {
                text.put("scaling.mean", Double.toString(fixed.mean()));
                text.put("scaling.deviation", Double.toString(fixed.deviation()));
            }
        } else {
            text.put("inputs", spec.calendar() ? CALENDAR : STANDARD);
            ContextAvro.parts(spec.context())
                    .forEach((name, part) ->
                            text.put(CONTEXT + name, HexFormat.of().formatHex(part)));
        }
    }

    /** What a model from here sees beside its target: the parts of its bytes, as hexadecimal digits. */
    private static Context context(RecipeText text) throws UndecodableException {
        var parts = new TreeMap<String, byte[]>();
        for (var name : ContextAvro.NAMES) {
            if (text.has(CONTEXT + name)) {
                try {
                    parts.put(name, HexFormat.of().parseHex(text.text(CONTEXT + name, "")));
                } catch (IllegalArgumentException e) {
                    throw text.wrong(CONTEXT + name, "what an export wrote, hexadecimal digits,", e);
                }
            }
        }
        try {
            return ContextAvro.read(parts);
        } catch (IOException | IllegalArgumentException e) {
            throw new UndecodableException("recipe: " + CONTEXT + "*: " + e.getMessage(), e);
        }
    }

    private static InputChoice choice(RecipeText text) throws UndecodableException {
        var names = text.required("inputs", "what the model sees at each step, such as value, lag-24, day-sine-1");
        if (names.equals(STANDARD) || names.equals(CALENDAR)) {
            return new InputChoice.Standard(names.equals(CALENDAR), context(text));
        }
        var fixed = text.required("scaling.by", "fixed or recent").equals("fixed");
        text.choice("scaling.by", "", "fixed", "recent");
        var scale = fixed
                ? new Scale.Fixed(text.number("scaling.mean", Double.NaN), text.number("scaling.deviation", Double.NaN))
                : new Scale.Recent();
        return new InputChoice.Listed(
                scale, text.list("inputs").stream().map(Input::of).toList());
    }

    private static FeatureSpec.Spread spread(RecipeText text, InputChoice choice) throws UndecodableException {
        var training = choice instanceof InputChoice.Listed listed && listed.scale() instanceof Scale.Fixed fixed
                ? fixed.deviation()
                : 1;
        return new FeatureSpec.Spread(
                text.number("spread.training", training), text.number("spread.floor", 1e-6 * training));
    }

    private static Transform transform(RecipeText text) throws UndecodableException {
        var words = Arrays.stream(Transform.values())
                .map(transform -> transform.name().toLowerCase(Locale.ROOT))
                .toArray(String[]::new);
        return Transform.valueOf(text.choice("transform", "identity", words).toUpperCase(Locale.ROOT));
    }

    private static long cadence(RecipeText text) throws UndecodableException {
        var cadence = text.required("cadence", "time from one step to the next, such as PT1H, or none");
        try {
            if (cadence.equals("none")) {
                return 0;
            }
            var millis = Duration.parse(cadence).toMillis();
            if (millis < 1) {
                throw new DateTimeException("it is not longer than 0");
            }
            return millis;
        } catch (DateTimeException | ArithmeticException e) {
            throw text.wrong("cadence", "an ISO-8601 duration such as PT1H, or none,", e);
        }
    }
}
