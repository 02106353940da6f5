package dev.gatecast.app;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** The words that an option takes, as users type them. */
final class Words {
    private Words() {}

    /** Which words were expected, where an option that takes one of a few was given another. */
    static Optional<String> expected(ParameterException e) {
        var value = e.getValue();
        if (e.getArgSpec() instanceof OptionSpec option && value != null) {
            var type = option.auxiliaryTypes()[0];
            if (type.isEnum()) {
                var words = Arrays.stream(type.getEnumConstants())
                        .map(word -> word.toString().toLowerCase(Locale.ROOT))
                        .toList();
                return Optional.of(text(option.longestName(), value, words));
            }
            if (type == Duration.class) {
                return Optional.of(option.longestName() + "=" + value + ": expected a duration such as PT6H or P1D");
            }
        }
        return Optional.empty();
    }

    private static String text(String option, String value, List<String> words) {
        var last = words.size() - 1;
        return option + "=" + value + ": expected " + String.join(", ", words.subList(0, last)) + " or "
                + words.get(last)
                + NearestKey.to(value.toLowerCase(Locale.ROOT), words)
                        .map(nearest -> "; did you mean " + nearest + "?")
                        .orElse("");
    }
}
