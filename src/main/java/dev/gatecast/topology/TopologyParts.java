package dev.gatecast.topology;

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
        return new TopologyParts(
                settings,
                formats,
                () -> TickStep.forecasting(settings.forecaster()),
                new ModelLibrary(
                        formats.models(),
                        settings.topics().models(),
                        settings.tuning().modelWait()),
                new Onlookers(
                        new TopologyMetrics(), listener, new LiveTasks(settings.forecaster()), new RecordLimits()));
    }

    TopologyMetrics metrics() {
        return onlookers.metrics();
    }
}
