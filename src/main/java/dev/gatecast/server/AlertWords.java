package dev.gatecast.server;

import dev.gatecast.event.Alert;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** An alert in words: "JFK 14:00: 100 departures, expected 360 (340–380)". */
final class AlertWords {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final String series;

    AlertWords(String series) {
        this.series = series;
    }

    String of(Alert alert) {
        var evidence = alert.evidence();
        var text = new StringBuilder(alert.entity())
                .append(' ')
                .append(CLOCK.format(Instant.ofEpochMilli(alert.time())))
                .append(": ")
                .append(number(evidence.value()))
                .append(' ')
                .append(series);
        if (!Double.isNaN(evidence.expected())) {
            text.append(", expected ").append(number(evidence.expected()));
            text.append(" (").append(number(evidence.lower()));
            text.append('–').append(number(evidence.upper())).append(')');
        }
        return text.toString();
    }

    /** Why, for a reader who does not know the channels. */
    static String why(Alert alert) {
        var evidence = alert.evidence();
        return switch (alert.surprise().channel()) {
            case RANGE -> "outside everything seen before";
            case LEVEL ->
                "lately " + number(evidence.fastMean()) + " on average, before that " + number(evidence.slowMean());
            case FLAT -> "hardly any movement for this entity";
            case POINT -> "far from the forecast made one step before";
        };
    }

    /** Whole numbers from a hundred on, three significant digits below. */
    static String number(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return "–";
        }
        if (Math.abs(value) >= 100) {
            return Long.toString(Math.round(value));
        }
        var rounded = new BigDecimal(value).round(new MathContext(3));
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }
}
