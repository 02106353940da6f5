package dev.gatecast.model;

/**
 * What a head writes to. Belongs to one thread.
 *
 * @param sums hidden layer and skip path, (lanes, units + horizons)
 * @param active hidden layer after relu, (lanes * units)
 * @param out forecasts, (lanes, outputs)
 */
@SuppressWarnings("ArrayRecordComponent")
record HeadWork(float[][] sums, float[] active, float[][] out) {}
