package dev.gatecast.codec;

import org.jspecify.annotations.Nullable;

/** What came, as a message shows it: short and on one line. */
final class Shown {
    private static final int LONGEST = 80;
    private static final int LONGEST_MESSAGE = 400;

    private Shown() {}

    static String of(String text) {
        return of(text, LONGEST);
    }

    /** What somebody else's code said, which may need more words. */
    static String message(@Nullable Object said) {
        return of(String.valueOf(said), LONGEST_MESSAGE);
    }

    private static String of(String text, int longest) {
        var shown =
                text.length() <= longest ? text : text.substring(0, longest) + "... (" + text.length() + " characters)";
        return shown.codePoints()
                .map(point -> Character.isISOControl(point) ? ' ' : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
