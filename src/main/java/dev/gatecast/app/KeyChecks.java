package dev.gatecast.app;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** The checks on values that Kafka's own do not cover. Each says in its text what it wants. */
final class KeyChecks {
    /** Accepts everything. */
    static final Validator ANY = new Named("", value -> true);

    /** A name that Kafka accepts for a topic. */
    static final Validator TOPIC = named(
            "1 to 249 letters, digits, dots, underscores or hyphens",
            value -> Pattern.matches("[a-zA-Z0-9._-]{1,249}", value)
                    && !Set.of(".", "..").contains(value));

    /** Something that is not blank. */
    static final Validator NOT_BLANK = named("not empty", value -> !value.isBlank());

    /** One character. */
    static final Validator CHARACTER = named("one character", value -> value.length() == 1);

    /** A positive duration. */
    static final Validator DURATION = named("an ISO-8601 duration such as PT1H", KeyChecks::isPositiveDuration);

    /** A positive duration, or none. */
    static final Validator DURATION_OR_NONE = named(
            "an ISO-8601 duration such as PT1H, or none", value -> value.equals("none") || isPositiveDuration(value));

    /** A duration that may be nothing. */
    static final Validator DURATION_OR_ZERO = named(
            "an ISO-8601 duration such as PT5M, PT0S for none",
            value -> value.equals("PT0S") || isPositiveDuration(value));

    /** A positive duration, none, or auto. */
    static final Validator DURATION_OR_NONE_OR_AUTO = named(
            "an ISO-8601 duration such as PT1H, none, or auto",
            value -> Set.of("none", "auto").contains(value) || isPositiveDuration(value));

    /** A time, or empty. */
    static final Validator TIME_OR_EMPTY = named(
            "an ISO-8601 time such as 2001-03-05T00:00:00Z, a date or milliseconds since the epoch; empty for none",
            value -> value.isEmpty() || isTime(value));

    /** Alert sensitivity: a preset or a factor. */
    static final Validator SENSITIVITY = named(
            "low, normal, high or a number from 0.1 to 10",
            value -> Set.of("low", "normal", "high").contains(value) || isNumber(value, 0.1, 10));

    /** A whole number within bounds, both included, or auto. */
    static Validator wholeOrAuto(long least, long most) {
        return named(
                "auto, or a whole number from " + least + " to " + most,
                value -> value.equals("auto") || (value.matches("[0-9]{1,18}") && isNumber(value, least, most)));
    }

    /** A number within bounds, both included, or auto. */
    static Validator numberOrAuto(double least, double most) {
        return named(
                "auto, or a number from " + least + " to " + most,
                value -> value.equals("auto") || isNumber(value, least, most));
    }

    /** Names, none of them twice. */
    static final Validator NAMES = lists(
            "at least one name, none of them empty or twice",
            items -> !items.isEmpty() && items.stream().noneMatch(String::isBlank) && distinct(items));

    /** Names, none of them twice, or nothing. */
    static final Validator NAMES_OR_EMPTY = lists(
            "names, none of them empty or twice",
            items -> items.stream().noneMatch(String::isBlank) && distinct(items));

    /** Addresses of brokers, none of them twice. */
    static final Validator SERVERS = lists(
            "at least one host:port such as localhost:9092, none of them twice",
            items -> !items.isEmpty() && items.stream().allMatch(KeyChecks::isServer) && distinct(items));

    /** Ascending whole numbers above 1, auto, or nothing. */
    static final Validator SEASONS = lists(
            "ascending whole numbers of steps above 1, such as 24,168, or auto",
            items -> items.equals(List.of("auto")) || ascending(items, 2, 100_000, true));

    /** Ascending probabilities with the median among them. */
    static final Validator QUANTILES = lists(
            "ascending probabilities between 0 and 1 with 0.5 among them, such as 0.05,0.5,0.95",
            items -> ascending(items, 1e-6, 1 - 1e-6, false) && items.contains("0.5"));

    /** A time zone. */
    static final Validator ZONE = named("a time zone such as UTC or America/New_York", KeyChecks::isZone);

    /** A finite number, or empty. */
    static final Validator NUMBER_OR_EMPTY = named(
            "a number, or empty", value -> value.isEmpty() || isNumber(value, -Double.MAX_VALUE, Double.MAX_VALUE));

    /** Rules of bars, or nothing. */
    static final Validator BARS =
            lists("last, mean, sum, count, min or max, or FIELD=RULE for each field", BarSettings::sound);

    /** An address over HTTP, or empty. */
    static final Validator HTTP_OR_EMPTY = named(
            "http://host:port or https://host, with a path where it has one; empty for none",
            value -> value.isEmpty() || isHttp(value));

    private KeyChecks() {}

    /** A number within bounds, both included. */
    static Validator between(Number least, Number most) {
        return new Named(
                "from " + least + " to " + most,
                value -> value instanceof Number number
                        && number.doubleValue() >= least.doubleValue()
                        && number.doubleValue() <= most.doubleValue());
    }

    private static Validator named(String wanted, Function<String, Boolean> test) {
        return new Named(wanted, value -> value instanceof String text && test.apply(text));
    }

    private static Validator lists(String wanted, Function<List<String>, Boolean> test) {
        return new Named(
                wanted,
                value -> value instanceof List<?> list
                        && test.apply(list.stream().map(String::valueOf).toList()));
    }

    /** As Kafka takes them: a protocol before the host is left aside, an IPv6 address stands in brackets. */
    private static boolean isServer(String text) {
        return text.matches("([\\w.%-]*://)?([\\w.%-]+|\\[[\\w.%:-]+]):\\d{1,5}")
                && isNumber(text.substring(text.lastIndexOf(':') + 1), 1, 65_535);
    }

    private static boolean isHttp(String text) {
        try {
            var address = new URI(text);
            return Set.of("http", "https").contains(String.valueOf(address.getScheme())) && address.getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean isZone(String text) {
        try {
            return !ZoneId.of(text).getId().isEmpty();
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean isPositiveDuration(String text) {
        try {
            var duration = Duration.parse(text);
            return !duration.isNegative() && duration.toMillis() > 0;
        } catch (DateTimeException | ArithmeticException e) {
            return false;
        }
    }

    private static boolean isTime(String text) {
        try {
            Times.parse(text);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean isNumber(String text, double least, double most) {
        try {
            var number = Double.parseDouble(text);
            return number >= least && number <= most;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean distinct(List<String> items) {
        return Set.copyOf(items).size() == items.size();
    }

    private static boolean ascending(List<String> items, double least, double most, boolean whole) {
        var last = Double.NEGATIVE_INFINITY;
        for (var item : items) {
            if (!isNumber(item, least, most) || (whole && !item.matches("\\d+"))) {
                return false;
            }
            var number = Double.parseDouble(item);
            if (number <= last) {
                return false;
            }
            last = number;
        }
        return true;
    }

    /** A check that names what it wants, in its error and on the reference page. */
    private record Named(String wanted, Function<@Nullable Object, Boolean> test) implements Validator {
        @Override
        public void ensureValid(String key, Object value) {
            if (!test.apply(value)) {
                throw new ConfigException(key, value, "expected " + wanted);
            }
        }

        @Override
        public String toString() {
            return wanted;
        }
    }
}
