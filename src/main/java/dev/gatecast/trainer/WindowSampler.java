package dev.gatecast.trainer;

import dev.gatecast.trainer.Prepared.Entity;
import dev.gatecast.trainer.TrainerSettings.Batches;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Draws the windows of each iteration: the entity evenly, the start evenly among those whose forecasts can be fitted to.
 * Every {@value #YOUNG_EVERY}th window belongs to an entity that has just been seen for the first time, so that the
 * network knows how new entities look.
 */
final class WindowSampler {
    private static final int YOUNG_EVERY = 8;

    /**
     * A run of rows of one entity.
     *
     * @param entity whose
     * @param birth first row that the window may look at
     * @param start first row of the window; the window may reach past the fitted rows, but no forecast's target does
     * @param carried whether it goes on where the window before it in its place ended
     */
    record Window(Entity entity, int birth, int start, boolean carried) {
        /** The one after it. */
        Window next(int length) {
            return new Window(entity, birth, start + length, true);
        }
    }

    /**
     * What one iteration sees.
     *
     * @param windows of equal length
     * @param offset steps after the burn-in to the first forecast, below the stride
     */
    record Draw(List<Window> windows, int offset) {}

    private final Prepared data;
    private final Batches batches;
    private final List<Entity> entities;
    private final List<Entity> renewed; // those with windows in new rows
    private final long newFrom;
    private final double old; // share of the windows
    private List<Window> last = List.of();

    /** @param newFrom rows before this time count as old; Long.MIN_VALUE: none does */
    WindowSampler(Prepared data, Batches batches, long newFrom) {
        this.data = data;
        this.batches = batches;
        this.newFrom = newFrom;
        this.old = newFrom == Long.MIN_VALUE ? 1 : batches.old();
        this.entities = data.fitted();
        this.renewed = entities.stream()
                .filter(entity -> firstNew(entity) <= lastStart(entity))
                .toList();
    }

    Draw draw(Random random) {
        var windows = new ArrayList<Window>();
        for (int i = 0; i < batches.windows(); i++) {
            windows.add(goesOn(i) ? last.get(i).next(batches.length()) : fresh(i, random));
        }
        last = windows;
        return new Draw(windows, random.nextInt(batches.stride()));
    }

    /** Whether the last window in this place leaves rows for one more. */
    private boolean goesOn(int place) {
        if (!batches.carried() || last.isEmpty()) {
            return false;
        }
        var before = last.get(place);
        return before.start() + batches.length() <= lastStart(before.entity());
    }

    private Window fresh(int place, Random random) {
        boolean fromNew = old < 1 && !renewed.isEmpty() && random.nextDouble() >= old;
        var among = fromNew ? renewed : entities;
        var entity = among.get(random.nextInt(among.size()));
        int least = fromNew ? firstNew(entity) : youngest();
        int most = fromNew || old == 1 ? lastStart(entity) : Math.max(least, lastOld(entity));
        int start = least + random.nextInt(most - least + 1);
        return new Window(entity, place % YOUNG_EVERY == 0 ? start - youngest() : 0, start, false);
    }

    private int youngest() {
        return Math.max(0, data.profile() - 1 - batches.burnIn());
    }

    private int lastStart(Entity entity) {
        return Math.max(youngest(), entity.lastFitEnd(data.horizons()) - batches.length());
    }

    /** Of a window whose forecasts all speak of new rows. */
    private int firstNew(Entity entity) {
        return Math.max(youngest(), entity.past().firstAtOrAfter(newFrom) - batches.burnIn());
    }

    private int lastOld(Entity entity) {
        return Math.min(lastStart(entity), firstNew(entity) - 1);
    }
}
