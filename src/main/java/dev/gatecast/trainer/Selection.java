package dev.gatecast.trainer;

import dev.gatecast.event.Targets;
import dev.gatecast.feature.Encoded;
import dev.gatecast.feature.Encoder;
import dev.gatecast.model.DirectedOutput;
import dev.gatecast.model.Network;
import dev.gatecast.model.Output;
import dev.gatecast.trainer.Prepared.Entity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scores networks on the rows that select: the iteration to keep, the transform to use. The loss is in the entities' own
 * units over each entity's seasonal difference, so that it can be compared between transforms.
 */
final class Selection {
    private static final Logger LOG = LoggerFactory.getLogger(Selection.class);

    /** Steps from the network's start before the first origin; more change nothing. */
    private static final int PRIMING = 168;

    /** Forecasts scored at most; beyond it origins are left out. */
    private static final int MOST_FORECASTS = 6_000;

    /**
     * One entity's part.
     *
     * @param from first row of the way, where the state is the network's start
     * @param first first origin, as one past its row
     * @param last last origin, as one past its row; its farthest target is the last row that selects
     * @param unit the entity's seasonal difference
     */
    private record Stretch(Entity entity, int from, int first, int last, double unit) {
        /** Targets that came. */
        int observed(int horizons) {
            return entity.past().observed(first, last + horizons);
        }
    }

    private final Prepared data;
    private final float[] levels;
    private final List<Stretch> stretches;
    private final int stride;

    Selection(Prepared data, float[] levels) {
        this(data, levels, stretches(data));
    }

    private Selection(Prepared data, float[] levels, List<Stretch> all) {
        this.data = data;
        this.levels = levels;
        long origins = all.stream().mapToLong(s -> s.last - s.first + 1).sum();
        int thinning = (int) Math.max(1, origins / MOST_FORECASTS);
        stride = Math.min(thinning, data.horizons());
        int every = Math.max(1, thinning / stride);
        stretches = new ArrayList<>();
        for (int i = 0; i < all.size(); i += every) {
            stretches.add(all.get(i));
        }
        if (stretches.isEmpty()) {
            throw new UnusableHistory(why(data));
        }
    }

    /** The same by the series of one of several targets. */
    Selection of(String target) {
        var own = stretches(data).stream()
                .filter(stretch -> Targets.isOf(stretch.entity.past().entity(), target))
                .toList();
        return new Selection(data, levels, own);
    }

    /** Why nothing can select. */
    private static String why(Prepared data) {
        int season = season(data);
        if (data.entities().stream()
                .noneMatch(entity -> last(entity, data) >= first(entity, data)
                        && entity.past().fitEnd() > season)) {
            return "no entity has the " + data.horizons() + " rows after the fitted ones, the " + data.profile()
                    + " values before them and more than " + season
                    + " fitted rows, one season, that selecting a model needs";
        }
        var lost = data.entities().stream()
                .map(Entity::past)
                .filter(past -> past.lostInFloats(season))
                .findFirst();
        if (lost.isPresent()) {
            return lost(lost.get(), season);
        }
        return season == 1
                ? "no entity with enough rows has values that change: there is nothing to learn"
                : "every entity with enough rows repeats itself after " + season + " steps, to the float: the value "
                        + season + " steps before is its forecast, and there is nothing to learn";
    }

    /** What to say of a movement that floats lose. */
    static String lost(Past past, int season) {
        return String.format(
                Locale.ROOT,
                "the movement of %s is lost: a model keeps values as 32-bit floats, about 7 digits, and values up to %.9g"
                        + " that differ by %.2g at a lag of %d need more; subtract a constant from the values",
                past.entity(),
                past.largest(0),
                past.difference(season),
                season);
    }

    /** Forecasts whose targets are not those of another one of the same entity, at least 1. */
    long separate() {
        return stretches.stream()
                .mapToLong(stretch -> Math.max(1, stretch.observed(data.horizons()) / data.horizons()))
                .sum();
    }

    /**
     * Mean pinball loss over the forecasts, and the cost of their directions where they have any; NaN where no value came that
     * tells it, and nothing is better than what one has.
     */
    double loss(Network network, Workers workers) {
        double sum = 0;
        long count = 0;
        var fan = network.architecture().head().output().fan(levels);
        for (var part : workers.all(stretches, stretch -> new Walk(network, fan).over(stretch))) {
            sum += part.sum;
            count += part.count;
        }
        return count == 0 ? Double.NaN : sum / count;
    }

    private static List<Stretch> stretches(Prepared data) {
        var all = new ArrayList<Stretch>();
        for (var entity : data.entities()) {
            double unit = entity.past().meanDifference(season(data));
            int first = first(entity, data);
            int last = last(entity, data);
            if (unit > 0 && last >= first) {
                all.add(new Stretch(entity, Math.max(0, first - PRIMING), first, last, unit));
            }
        }
        var observed = all.stream()
                .filter(stretch -> stretch.observed(data.horizons()) > 0)
                .toList();
        if (observed.isEmpty() && !all.isEmpty()) {
            LOG.warn("no value came among the rows that select: the start is kept as it is");
        }
        return observed.isEmpty() ? all : observed;
    }

    private static int season(Prepared data) {
        return Math.max(1, data.spec().seasons().shorter());
    }

    private static int first(Entity entity, Prepared data) {
        return Math.max(entity.past().fitEnd(), entity.firstEnd(data.profile()));
    }

    private static int last(Entity entity, Prepared data) {
        return entity.past().selectEnd() - data.horizons();
    }

    private record Part(double sum, long count) {}

    /** One network on its way over the stretches; belongs to one thread. */
    private final class Walk {
        private final Network network;
        private final Network.Scratch scratch;
        private final Encoded encoded = new Encoded(data.spec());
        private final float[] hidden;
        private final float[] numbers; // (horizons * width)
        private final float[] out; // (horizons * levels)
        private final Output.Fan fan;
        private final @Nullable DirectedOutput directed;

        Walk(Network network, Output.Fan fan) {
            this.network = network;
            this.fan = fan;
            scratch = network.newScratch();
            hidden = new float[network.architecture().stateSize()];
            network.start(hidden, 0);
            var head = network.architecture().head();
            numbers = new float[head.outputs()];
            out = new float[head.horizons() * levels.length];
            directed = head.output() instanceof DirectedOutput both ? both : null;
        }

        Part over(Stretch stretch) {
            double sum = 0;
            long count = 0;
            var entity = stretch.entity;
            for (int end = stretch.from + 1; end <= stretch.last; end++) {
                data.encoder()
                        .encodeAt(entity.columns(), end, end, entity.past().times()[end - 1], encoded);
                network.embed(encoded.category(), encoded.inputs(), encoded.extras());
                network.step(encoded.inputs(), hidden, scratch);
                boolean scored = end >= stretch.first && (end - stretch.first) % stride == 0;
                if (scored && entity.past().observed(end, end + data.horizons()) > 0) {
                    data.encoder().profileAt(entity.columns(), end, end, encoded);
                    network.head(hidden, encoded.profile(), encoded.extras(), numbers, scratch);
                    fan.quantiles(numbers, out);
                    sum += moves(entity, end) + score(entity.past(), end) / stretch.unit;
                    count++;
                }
            }
            return new Part(sum, count);
        }

        /** What the directions cost, mean over the horizons; nothing where there are none. */
        private double moves(Entity entity, int end) {
            if (directed == null) {
                return 0;
            }
            double sum = 0;
            float newest = encoded.profile()[encoded.profile().length - 1];
            for (int h = 0; h < data.horizons(); h++) {
                sum += directed.cost(numbers, h, Encoder.scaled(entity.u()[end + h], encoded) - newest);
            }
            return sum / data.horizons();
        }

        private double score(Past past, int end) {
            double sum = 0;
            int known = 0;
            for (int h = 0; h < data.horizons(); h++) {
                int at = h * levels.length;
                Arrays.sort(out, at, at + levels.length);
                for (int q = 0; q < levels.length; q++) {
                    out[at + q] = data.encoder().unscaled(out[at + q], encoded);
                }
                if (!past.guessed(end + h)) {
                    sum += Pinball.mean(out, at, levels, past.values()[end + h]);
                    known++;
                }
            }
            return sum / known;
        }
    }
}
