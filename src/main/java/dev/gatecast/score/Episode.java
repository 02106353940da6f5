package dev.gatecast.score;

import dev.gatecast.event.Alert.Phase;
import dev.gatecast.event.FieldVisitor;
import org.jspecify.annotations.Nullable;

/** An entity's alert episode: opens at the alert level, closes after calm rows in a row or at its maximal age. */
final class Episode {
    private static final double CALM_LEVEL = 0.5;

    private boolean open;
    private int calm; // rows in a row below half the alert level
    private long rows; // since it opened, that row included
    private double peak;

    /** One row at the given level; a held one opens nothing. */
    @Nullable Phase step(double level, boolean held, DetectorSettings settings) {
        if (open) {
            return goOn(level, settings);
        }
        rows = 0;
        peak = 0;
        if (held || level < 1) {
            return null;
        }
        open = true;
        calm = 0;
        rows = 1;
        peak = level;
        return Phase.OPEN;
    }

    private @Nullable Phase goOn(double level, DetectorSettings settings) {
        rows++;
        calm = level < CALM_LEVEL ? calm + 1 : 0;
        var higher = level > peak;
        peak = Math.max(peak, level);
        if (calm >= settings.calmRows() || rows > settings.maxRows()) {
            open = false;
            return Phase.CLOSE;
        }
        return higher ? Phase.UPDATE : null;
    }

    long rows() {
        return rows;
    }

    double peak() {
        return peak;
    }

    /** Describes the layout: open, calm rows, rows, peak. */
    void visit(FieldVisitor v) {
        open = v.flag(open);
        calm = (int) v.whole(calm);
        rows = v.whole(rows);
        peak = v.real(peak);
    }
}
