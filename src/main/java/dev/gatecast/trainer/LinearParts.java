package dev.gatecast.trainer;

import dev.gatecast.trainer.Prepared.Entity;
import java.util.ArrayList;
import java.util.List;

/**
 * The fitted rows of a linear start, cut into parts that follow one another in each entity's time. A forecast belongs to the
 * part in which all of its targets lie, else to none.
 */
final class LinearParts {
    private static final int MOST_ORIGINS = 60_000;

    private final Prepared data;
    private final int stride;
    private final Ridge between; // forecasts of no part
    private final List<Ridge> sums = new ArrayList<>(); // (parts)
    private final List<Integer> counts = new ArrayList<>(); // (parts)

    /** Every origin counts, up to {@value #MOST_ORIGINS} of them. */
    LinearParts(Prepared data, int parts) {
        this.data = data;
        long origins = data.fitted().stream().mapToLong(data::fitOrigins).sum();
        stride = (int) ((origins + MOST_ORIGINS - 1) / MOST_ORIGINS);
        between = new Ridge(data);
        for (int i = 0; i < parts; i++) {
            sums.add(new Ridge(data));
            counts.add(0);
        }
        var row = new LinearRow(data);
        for (var entity : data.fitted()) {
            int last = entity.lastFitEnd(data.horizons());
            for (int end = entity.firstEnd(data.profile()); end <= last; end += stride) {
                row.read(entity, end);
                int part = part(entity, end);
                (part < 0 ? between : sums.get(part)).add(row);
                if (part >= 0) {
                    counts.set(part, counts.get(part) + 1);
                }
            }
        }
    }

    private int part(Entity entity, int end) {
        int first = entity.firstEnd(data.profile());
        long rows = (long) entity.past().fitEnd() - first;
        int begins = (int) ((end - first) * (long) sums.size() / rows);
        int ends = (int) ((end + data.horizons() - 1 - first) * (long) sums.size() / rows);
        return begins == ends ? begins : -1;
    }

    int size() {
        return sums.size();
    }

    /** Whether there is a forecast in each part. */
    boolean whole() {
        return !counts.contains(0);
    }

    /** Everything. */
    Ridge all() {
        var all = new Ridge(data);
        all.add(between);
        sums.forEach(all::add);
        return all;
    }

    /** All other parts. */
    Ridge without(int part) {
        var others = new Ridge(data);
        for (int i = 0; i < sums.size(); i++) {
            if (i != part) {
                others.add(sums.get(i));
            }
        }
        return others;
    }

    /** Some of a part's rows, evenly. */
    List<LinearRow> rows(int part, int most) {
        int thinning = Math.max(1, counts.get(part) / most);
        var rows = new ArrayList<LinearRow>();
        int at = 0;
        for (var entity : data.fitted()) {
            int last = entity.lastFitEnd(data.horizons());
            for (int end = entity.firstEnd(data.profile()); end <= last; end += stride) {
                if (part(entity, end) == part && at++ % thinning == 0) {
                    rows.add(LinearRow.of(data, entity, end, end + data.horizons()));
                }
            }
        }
        return rows;
    }
}
