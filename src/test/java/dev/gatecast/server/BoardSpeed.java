package dev.gatecast.server;

import dev.gatecast.event.Forecast;
import dev.gatecast.event.Tick;

/** Prints what the board costs a tick, for entities that it keeps and for others. */
final class BoardSpeed {
    private static final int ENTITIES = 10_000;
    private static final int HOURS = 100;

    private BoardSpeed() {}

    public static void main(String[] args) {
        for (int round = 0; round < 5; round++) {
            System.out.printf(
                    "ns a tick: all kept %d, a fifth kept %d, none kept %d%n",
                    nanos(ENTITIES), nanos(ENTITIES / 5), nanos(1));
        }
    }

    private static long nanos(int capacity) {
        var board = new Board(capacity);
        long spent = 0;
        for (int hour = 0; hour < HOURS; hour++) {
            for (int i = 0; i < ENTITIES; i++) {
                Tick tick = Samples.tick("entity-" + i, hour, i);
                Forecast forecast = Samples.forecast(tick.entity(), hour, i);
                long begin = System.nanoTime();
                board.advanced(tick, forecast, null, 20_000);
                spent += System.nanoTime() - begin;
            }
        }
        return spent / ENTITIES / HOURS;
    }
}
