package dev.gatecast.codec;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A recipe as text: dotted names and their values, from a properties file or a JSON one. Remembers what was asked for, so
 * that a name nobody asked for can be refused.
 *
 * <p>In JSON an object's members are names below its own, an array is its elements with commas between them, an array of
 * arrays has semicolons, one level further bars.
 */
final class RecipeText {
    private static final String[] SEPARATORS = {",", ";", "|"};

    private final SortedMap<String, String> entries;
    private final TreeSet<String> asked = new TreeSet<>();

    RecipeText(Map<String, String> entries) {
        this.entries = new TreeMap<>(entries);
    }

    /** The entries of a file whose name ends with .json or .properties. */
    static SortedMap<String, String> read(Path file) throws IOException, UndecodableException {
        if (Files.size(file) > Json.LIMIT) {
            throw new UndecodableException(
                    "a recipe of at most " + Json.LIMIT + " bytes was expected, not of " + Files.size(file));
        }
        var bytes = Files.readAllBytes(file);
        var name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return name.endsWith(".json") ? json(bytes) : properties(bytes);
    }

    static SortedMap<String, String> json(byte[] bytes) throws UndecodableException {
        var entries = new TreeMap<String, String>();
        flatten("", Json.object(bytes), entries);
        return entries;
    }

    static SortedMap<String, String> properties(byte[] bytes) throws UndecodableException {
        var properties = new Properties();
        try {
            properties.load(new StringReader(new String(bytes, StandardCharsets.UTF_8)));
        } catch (IOException | IllegalArgumentException e) {
            throw new UndecodableException("a properties file was expected: " + e.getMessage(), e);
        }
        var entries = new TreeMap<String, String>();
        properties.forEach(
                (name, value) -> entries.put(name.toString(), value.toString().strip()));
        return entries;
    }

    boolean has(String name) {
        asked.add(name);
        return entries.containsKey(name);
    }

    String text(String name, String otherwise) {
        asked.add(name);
        return entries.getOrDefault(name, otherwise);
    }

    String required(String name, String what) throws UndecodableException {
        asked.add(name);
        var value = entries.get(name);
        if (value == null || value.isEmpty()) {
            throw new UndecodableException("recipe: " + name + " is missing: " + what);
        }
        return value;
    }

    int whole(String name, int otherwise) throws UndecodableException {
        try {
            return Integer.parseInt(text(name, Integer.toString(otherwise)));
        } catch (NumberFormatException e) {
            throw wrong(name, "a whole number", e);
        }
    }

    double number(String name, double otherwise) throws UndecodableException {
        try {
            return Double.parseDouble(text(name, Double.toString(otherwise)));
        } catch (NumberFormatException e) {
            throw wrong(name, "a number", e);
        }
    }

    /** One of several words. */
    String choice(String name, String otherwise, String... words) throws UndecodableException {
        var value = text(name, otherwise);
        if (!Arrays.asList(words).contains(value)) {
            throw wrong(name, "one of " + String.join(", ", words), null);
        }
        return value;
    }

    List<String> list(String name) {
        return Arrays.stream(text(name, "").split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    /** Numbers with any of the separators between them. */
    float[] numbers(String name) throws UndecodableException {
        var parts = text(name, "").split("[,;|]");
        var numbers = new float[parts.length];
        try {
            for (var i = 0; i < parts.length; i++) {
                numbers[i] = Float.parseFloat(parts[i].strip());
            }
        } catch (NumberFormatException e) {
            throw wrong(name, "numbers with commas between them", e);
        }
        return numbers;
    }

    /** Refuses names that were never asked for. */
    void finish() throws UndecodableException {
        var unknown = new TreeSet<>(entries.keySet());
        unknown.removeAll(asked);
        if (!unknown.isEmpty()) {
            throw new UndecodableException("recipe: " + Shown.of(unknown.first()) + " is not known; known are "
                    + asked.stream().collect(Collectors.joining(", ")));
        }
    }

    UndecodableException wrong(String name, String expected, @Nullable Throwable cause) {
        var message = "recipe: " + name + ": " + expected + " was expected, not " + Shown.of(text(name, ""));
        return cause == null ? new UndecodableException(message) : new UndecodableException(message, cause);
    }

    private static void flatten(String prefix, JsonNode object, SortedMap<String, String> entries)
            throws UndecodableException {
        for (var member : object.properties()) {
            var name = prefix + member.getKey();
            if (member.getValue().isObject()) {
                flatten(name + ".", member.getValue(), entries);
            } else {
                entries.put(name, flat(name, member.getValue()));
            }
        }
    }

    private static String flat(String name, JsonNode value) throws UndecodableException {
        if (!value.isArray()) {
            return value.asText();
        }
        var depth = 0;
        for (JsonNode inner = value; inner.get(0) != null && inner.get(0).isArray(); inner = inner.get(0)) {
            depth++;
        }
        if (depth >= SEPARATORS.length) {
            throw new UndecodableException("recipe: " + Shown.of(name) + ": at most " + SEPARATORS.length
                    + " dimensions were expected, not more");
        }
        var parts = new ArrayList<String>();
        for (var part : value) {
            parts.add(flat(name, part));
        }
        return String.join(SEPARATORS[depth], parts);
    }
}
