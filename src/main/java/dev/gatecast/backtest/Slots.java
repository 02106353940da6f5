package dev.gatecast.backtest;

/**
 * Numbers the steps of an entity.
 *
 * @param cadence milliseconds (or rows) from one step to the next; 0 where every tick is a step
 */
record Slots(long cadence) {
    /**
     * The step of a tick.
     *
     * @param time the tick's
     * @param count ticks of the entity before it
     */
    long of(long time, long count) {
        return cadence == 0 ? count : Math.floorDiv(time + cadence / 2, cadence);
    }
}
