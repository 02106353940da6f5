package dev.gatecast.codec;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What an entity may be called, wherever its ticks come from: 1 to {@value #LONGEST} characters that are not all blank, none
 * of them a control character but tabs and line ends. Others cannot be part of a file's name or of a web address.
 */
public final class EntityName {
    /** The longest name, in characters. */
    public static final int LONGEST = 256;

    private EntityName() {}

    /** What was expected and what came, where a name cannot be used; else null. */
    public static @Nullable String fault(String name) {
        if (name.isBlank() || name.length() > LONGEST) {
            return "a name of 1 to " + LONGEST + " characters was expected, not \"" + Shown.of(name) + '"';
        }
        for (var i = 0; i < name.length(); i++) {
            var character = name.charAt(i);
            if (Character.isISOControl(character) && character != '\t' && character != '\n' && character != '\r') {
                return "a name without control characters was expected, not \"" + Shown.of(name) + "\" with U+"
                        + String.format(Locale.ROOT, "%04X", (int) character) + " in place " + (i + 1);
            }
        }
        return null;
    }
}
