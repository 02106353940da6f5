package dev.gatecast.app;

import dev.gatecast.backtest.AdmittedTicks;
import dev.gatecast.backtest.BacktestSettings;
import dev.gatecast.feature.Ahead;
import dev.gatecast.feature.BarSpec;
import dev.gatecast.feature.BarSpec.Fill;
import dev.gatecast.feature.BarSpec.Rule;
import dev.gatecast.source.BarTicks;
import dev.gatecast.source.Fields;
import dev.gatecast.source.TickSource;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How ticks become bars, out of the configuration. */
final class BarSettings {
    private BarSettings() {}

    /** Whether ticks become bars at all. */
    static boolean wanted(GatecastConfig config) {
        return !config.list("bars").isEmpty();
    }

    /**
     * The bars of ticks with these fields; empty where ticks are steps.
     *
     * @throws UserError if there is a field without a rule
     */
    static Optional<BarSpec> of(GatecastConfig config, Fields fields) {
        if (!wanted(config)) {
            return Optional.empty();
        }
        var coming = Ahead.of(fields.others()).names();
        var rules = fields.names().stream()
                .map(field -> coming.contains(field) ? Rule.ANNOUNCED : rule(config, field))
                .toList();
        return Optional.of(new BarSpec(
                config.cadence(),
                Duration.parse(config.text("bars.grace")).toMillis(),
                rules,
                Fill.valueOf(config.text("bars.fill").toUpperCase(Locale.ROOT)),
                config.whole("bars.most-filled")));
    }

    /** The bars of a source that are made live of the same ticks, or the source itself where ticks are steps. */
    static TickSource of(GatecastConfig config, TickSource ticks) {
        return of(config, ticks, new BacktestSettings.Future(ForecastSettings.futureLimit(config), 0));
    }

    /** The same with what is done with ticks that are far ahead. */
    static TickSource of(GatecastConfig config, TickSource ticks, BacktestSettings.Future future) {
        return wanted(config)
                ? new BarTicks(
                        new AdmittedTicks(ticks, future),
                        of(config, ticks.fields()).orElseThrow())
                : ticks;
    }

    private static Rule rule(GatecastConfig config, String field) {
        for (var text : config.list("bars")) {
            var at = text.indexOf('=');
            if (at < 0 || text.substring(0, at).equals(field)) {
                return Rule.valueOf(text.substring(at + 1).toUpperCase(Locale.ROOT));
            }
        }
        throw new UserError("bars=" + String.join(",", config.list("bars")) + ": no rule for the field " + field
                + "; give " + field + "=last or another");
    }

    /** Whether each item is a rule, or a field and its rule. */
    static boolean sound(List<String> items) {
        return items.stream().allMatch(item -> isRule(item.substring(item.indexOf('=') + 1)) && !item.startsWith("="));
    }

    private static boolean isRule(String text) {
        for (var rule : Rule.values()) {
            if (rule != Rule.ANNOUNCED && rule.name().toLowerCase(Locale.ROOT).equals(text)) {
                return true;
            }
        }
        return false;
    }
}
