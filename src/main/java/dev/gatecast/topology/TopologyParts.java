package dev.gatecast.topology;

import dev.gatecast.forecast.Bars;
import dev.gatecast.forecast.TickFields;
import dev.gatecast.forecast.TickNames;
import java.util.ArrayList;
import java.util.function.Supplier;

/**
 * What the nodes of a topology share.
 *
 * @param settings what the topology was told
 * @param formats bytes to things and back
 * @param steps makes a task's step
 * @param library the models of this process
 * @param onlookers who looks at it from outside
 */
record TopologyParts(
        TopologySettings settings,
        Formats formats,
        Supplier<TickStep> steps,
        ModelLibrary library,
        Onlookers onlookers) {

    /** The parts of a real topology. */
    static TopologyParts of(TopologySettings settings, Formats formats, ForecastListener listener) {
        var fields = fields(settings, formats);
        return new TopologyParts(
                settings,
                formats,
                () -> TickStep.forecasting(settings.forecaster(), fields),
                new ModelLibrary(
                        formats.models(),
                        settings.topics().models(),
                        settings.tuning().modelWait(),
                        new TickNames(formats.ticks().format().series().names(), fields)),
                new Onlookers(
                        new TopologyMetrics(),
                        listener,
                        new LiveTasks(settings.forecaster(), fields),
                        new RecordLimits()));
    }

    /** The names of the ticks' values after the first. */
    TickFields fields() {
        return fields(settings, formats);
    }

    private static TickFields fields(TopologySettings settings, Formats formats) {
        var names = new ArrayList<>(formats.ticks().format().others());
        if (settings.input().bars() != null) {
            names.add(Bars.MISSING);
        }
        return new TickFields(names);
    }

    TopologyMetrics metrics() {
        return onlookers.metrics();
    }
}
