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
     */
    record Window(Entity entity, int birth, int start) {}

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

    WindowSampler(Prepared data, Batches batches) {
        this.data = data;
        this.batches = batches;
        this.entities = data.fitted();
    }

    Draw draw(Random random) {
        var windows = new ArrayList<Window>();
        for (int i = 0; i < batches.windows(); i++) {
            var entity = entities.get(random.nextInt(entities.size()));
            int youngest = Math.max(0, data.profile() - 1 - batches.burnIn());
            int last = Math.max(youngest, entity.lastFitEnd(data.horizons()) - batches.length());
            int start = youngest + random.nextInt(last - youngest + 1);
            windows.add(new Window(entity, i % YOUNG_EVERY == 0 ? start - youngest : 0, start));
        }
        return new Draw(windows, random.nextInt(batches.stride()));
    }
}
