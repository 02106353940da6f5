package dev.gatecast.forecast;

import dev.gatecast.event.Traits;
import java.util.Arrays;

/**
 * An entity's last ticks, oldest first; a copy.
 *
 * @param lastTime time of the newest, milliseconds since the epoch
 * @param values the target in the entity's units, (ticks)
 * @param fields the other fields, NaN where one is missing, (fields, ticks)
 * @param ahead what is known of coming steps, NaN where nothing is, (ahead): {@link dev.gatecast.feature.Ahead}
 * @param traits what is known of the entity
 */
@SuppressWarnings("ArrayRecordComponent")
public record Recent(long lastTime, float[] values, float[][] fields, float[] ahead, Traits traits) {
    /** A target alone. */
    public Recent(long lastTime, float[] values) {
        this(lastTime, values, new float[0][], new float[0], Traits.NONE);
    }

    /** The same without the newest value, whose tick came after {@code lastTime}. */
    Recent withoutNewest() {
        var before = fields.clone();
        for (int i = 0; i < before.length; i++) {
            before[i] = Arrays.copyOf(fields[i], fields[i].length - 1);
        }
        return new Recent(lastTime, Arrays.copyOf(values, values.length - 1), before, ahead, traits);
    }

    /** The target and the other fields of one of them, as a tick has them. */
    double[] tick(int index) {
        var tick = new double[1 + fields.length];
        tick[0] = values[index];
        for (int i = 0; i < fields.length; i++) {
            tick[i + 1] = fields[i][index];
        }
        return tick;
    }
}
