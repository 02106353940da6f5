package dev.gatecast.topology;

/**
 * Those who look at a topology from outside.
 *
 * @param metrics what is counted
 * @param listener who hears of every output
 * @param tasks where queries find the running tasks
 */
record Onlookers(TopologyMetrics metrics, ForecastListener listener, LiveTasks tasks) {}
