package dev.gatecast.topology;

/**
 * Those who look at a topology from outside, and what it knows of the outside.
 *
 * @param metrics what is counted
 * @param listener who hears of every output
 * @param tasks where queries find the running tasks
 * @param limits how large a record the output topics take
 */
record Onlookers(TopologyMetrics metrics, ForecastListener listener, LiveTasks tasks, RecordLimits limits) {}
