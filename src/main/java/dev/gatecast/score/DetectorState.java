package dev.gatecast.score;

import dev.gatecast.event.FieldVisitor;

/** One entity's numbers for a {@link Detector}. A new one has seen nothing. Not safe for two threads at once. */
public final class DetectorState {
    final Tail levelDrifts = Tail.ofLarge();
    final Tail seasonalDrifts = Tail.ofLarge();
    final Tail movements = Tail.ofSmall();
    final Tail residuals = Tail.ofLarge();
    final Blocks values = new Blocks(Detector.SLOW);
    final Blocks seasonals = new Blocks(Detector.SLOW);
    final Blocks errors = new Blocks(Detector.FLAT);
    final Range seen = new Range(); // of the values
    final Range held = new Range(); // of the values held
    final Profile profile = new Profile();
    final Episode episode = new Episode();
    long rows;
    double quickMean; // exponentially weighted, 0.2
    double slowLevel; // exponentially weighted, 0.02
    double usualError; // slow mean of the errors of quickMean

    /** Rows seen. */
    public long rows() {
        return rows;
    }

    /** Describes the layout, for a writer or a reader. */
    public void visit(FieldVisitor v) {
        rows = v.whole(rows);
        quickMean = v.real(quickMean);
        slowLevel = v.real(slowLevel);
        usualError = v.real(usualError);
        seen.visit(v);
        held.visit(v);
        episode.visit(v);
        values.visit(v);
        seasonals.visit(v);
        errors.visit(v);
        profile.visit(v);
        levelDrifts.visit(v);
        seasonalDrifts.visit(v);
        movements.visit(v);
        residuals.visit(v);
    }
}
