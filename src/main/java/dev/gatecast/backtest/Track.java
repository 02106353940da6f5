package dev.gatecast.backtest;

import dev.gatecast.feature.Movement;
import dev.gatecast.forecast.EntityState;
import dev.gatecast.forecast.Governing;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** What the replay holds of one entity. */
final class Track {
    final String entity;

    /** The lane that advances it. */
    final int lane;

    final EntityState state;
    final Window window;

    /** States under the rival models, (rivals). */
    final EntityState[] rivals;

    /** What each contender keeps of the entity, (contenders). */
    final double[][] memories;

    /** Values and forecasts for the charts; null where the entity is not drawn. */
    final @Nullable Sample sample;

    /** Forecasts that wait for actual values, oldest first; at most one a horizon. */
    final ArrayDeque<Pending> pending = new ArrayDeque<>();

    /** Ticks taken in. */
    long ticks;

    /** Number of the row of the last tick. */
    long lastRow;

    /** Forecasts that a step followed and that are not judged, as they were warming. */
    long warming;

    /** Place among the entities that begin after the cut, in their order, from 0; -1 where the past has the first tick. */
    final int newcomer;

    /** How its values move. */
    final Movement movement = new Movement();

    /** Errors at the first ticks of a new entity; null until there are some. */
    @Nullable FirstErrors firsts;

    /** Time of the last tick of the past; Long.MIN_VALUE before one. */
    long pastUntil = Long.MIN_VALUE;

    /** Time of the first tick after the past; Long.MAX_VALUE before one. */
    long judgedFrom = Long.MAX_VALUE;

    /** What governed the last tick. */
    @Nullable Governing governing;

    /** Sums over all judged forecasts, laid out by {@link Sums}; null until the first one. */
    double @Nullable [] sums;

    private double differences;
    private long differenceCount;
    private boolean scaledByPast;

    /** An entity before its first tick. */
    Track(String entity, int lane, Start start) {
        this.entity = entity;
        this.lane = lane;
        state = start.state;
        rivals = start.rivals;
        window = start.window;
        memories = start.memories;
        sample = start.sample;
        newcomer = start.newcomer;
    }

    /**
     * What an entity begins with.
     *
     * @param state under the model
     * @param rivals states under the rival models, (rivals)
     * @param window empty
     * @param memories what each contender keeps, (contenders)
     * @param sample null where the entity is not drawn
     * @param newcomer place among the entities that begin after the cut, or -1
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Start(
            EntityState state,
            EntityState[] rivals,
            Window window,
            double[][] memories,
            @Nullable Sample sample,
            int newcomer) {}

    /** Takes |x[t] - x[t - season]| in: of the past alone where that has any. */
    void addDifference(double difference, boolean past) {
        if (past || !scaledByPast) {
            scaledByPast |= past;
            differences += difference;
            differenceCount++;
        }
    }

    /** Takes the sums of a judged forecast in. Not modified. */
    void add(double[] more) {
        if (sums == null) {
            sums = more.clone();
        } else {
            Sums.add(more, sums);
        }
    }

    /** Mean seasonal difference so far; 0 where there is none. */
    double scale() {
        return differenceCount == 0 ? 0 : differences / differenceCount;
    }
}
