package dev.gatecast.model;

import org.jspecify.annotations.Nullable;

/**
 * What a head writes to. Belongs to one thread.
 *
 * @param lead unused columns before the first of sums and last: {@link Pairs#LEAD} in a live network, else 0
 * @param sums hidden layer and skip path, (lanes, lead + units + horizons)
 * @param active hidden layer after relu, (lanes * units)
 * @param last forecasts without the skip path, (lanes, lead + outputs)
 * @param out forecasts, (lanes, outputs)
 * @param tiles the weights once more in a live network, where there is one lane; null: there are several
 */
@SuppressWarnings("ArrayRecordComponent")
record HeadWork(int lead, float[][] sums, float[] active, float[][] last, float[][] out, @Nullable HeadTiles tiles) {
    /** Room for some lanes of a head whose weights may change. */
    HeadWork(Head head, int lanes) {
        this(head, lanes, 0, null);
    }

    /** Room for one lane of a head whose weights do not change any more. */
    static HeadWork live(Head head) {
        return new HeadWork(head, 1, Pairs.LEAD, new HeadTiles(head));
    }

    private HeadWork(Head head, int lanes, int lead, @Nullable HeadTiles tiles) {
        this(
                lead,
                new float[lanes][lead + head.width()],
                new float[lanes * head.shape().units()],
                new float[lanes][lead + head.shape().outputs()],
                new float[lanes][head.shape().outputs()],
                tiles);
    }
}
