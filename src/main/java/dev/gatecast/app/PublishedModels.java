package dev.gatecast.app;

import dev.gatecast.kafka.ModelEntry;
import dev.gatecast.kafka.ModelRegistry;
import java.util.Locale;

/** Finds published models by what a user types. */
final class PublishedModels {
    private static final int LEAST_DIGITS = 4;

    private PublishedModels() {}

    /**
     * Makes sure, before anybody is asked, that what a user typed may be an id.
     *
     * @throws UserError if not
     */
    static String requireForm(String typed) {
        if (!typed.matches("[0-9a-fA-F]{" + LEAST_DIGITS + ",64}")) {
            throw new UserError(
                    "a model's id has 64 hexadecimal digits, of which " + LEAST_DIGITS + " will do; got " + typed);
        }
        return typed;
    }

    /**
     * The full id of a model.
     *
     * @param typed the id or its first digits, at least four
     * @throws UserError when there is none, or more than one
     */
    static String find(String typed, ModelRegistry registry) {
        requireForm(typed);
        var found = registry.models().stream()
                .map(ModelEntry::id)
                .filter(id -> id.startsWith(typed.toLowerCase(Locale.ROOT)))
                .toList();
        if (found.size() != 1) {
            throw new UserError((found.isEmpty() ? "no model's id begins" : found.size() + " models' ids begin")
                    + " with " + typed + "; see: gatecast models list");
        }
        return found.get(0);
    }
}
