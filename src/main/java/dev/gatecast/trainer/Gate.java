package dev.gatecast.trainer;

import dev.gatecast.forecast.Forecaster;
import dev.gatecast.forecast.Model;
import dev.gatecast.trainer.GateResult.Contender;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Lets a challenger, the champion and the naive forecasts run over the data that the challenger's training has not seen
 * in any way. The models run through {@link Forecaster#advance}, as they do live.
 *
 * <p>The challenger passes if its error is below that of every naive forecast and, where there is a champion, its pinball
 * loss below the champion's by the margin. Without comparable quantiles errors decide.
 */
final class Gate {
    /** Entities that are judged at most, spread evenly over the names. */
    private static final int MOST_ENTITIES = 500;

    private final Model challenger;
    private final @Nullable Model champion;
    private final double margin;

    Gate(Model challenger, @Nullable Model champion, double margin) {
        this.challenger = challenger;
        this.champion = champion;
        this.margin = margin;
    }

    GateResult judge(TrainingData data) {
        int horizons = horizons();
        var all = new ArrayList<Contestant>();
        all.add(new ModelContestant("challenger", challenger, horizons));
        if (champion != null) {
            all.add(new ModelContestant("champion", champion, horizons));
        }
        all.add(new NaiveContestant("last value", 1, horizons));
        int[] seasons = seasons();
        for (int season : seasons) {
            all.add(new NaiveContestant("value " + season + " steps before", season, horizons));
        }
        int stride = Math.max(1, data.pasts().size() / MOST_ENTITIES);
        for (int i = 0; i < data.pasts().size(); i += stride) {
            run(data.pasts().get(i), all, seasons.length == 0 ? 1 : seasons[0]);
        }
        return decide(all);
    }

    private GateResult decide(List<Contestant> all) {
        var contenders = all.stream().map(Contestant::figures).toList();
        var first = contenders.get(0);
        if (!(first.relative() >= 0)) {
            return new GateResult(false, "no data to judge the challenger by: it is not used", List.of());
        }
        for (int i = champion == null ? 1 : 2; i < contenders.size(); i++) {
            var naive = contenders.get(i);
            if (!(first.relative() < naive.relative())) {
                return new GateResult(
                        false, text("the challenger loses to the %s: it is not used", naive.name()), contenders);
            }
        }
        return champion == null
                ? new GateResult(true, "the challenger beats every naive forecast: it is used", contenders)
                : againstChampion(first, contenders.get(1), contenders);
    }

    private GateResult againstChampion(Contender first, Contender second, List<Contender> contenders) {
        boolean quantiles =
                Arrays.equals(challenger.recipe().levels(), champion().recipe().levels());
        double mine = quantiles ? first.pinball() : first.relative();
        double theirs = quantiles ? second.pinball() : second.relative();
        boolean passed = mine < theirs * (1 - margin);
        var reason = text(
                passed
                        ? "the challenger beats the champion, %s %.5f against %.5f: it is used"
                        : "the challenger does not beat the champion, %s %.5f against %.5f: the champion is kept",
                quantiles ? "pinball loss" : "error",
                mine,
                theirs);
        return new GateResult(passed, reason, contenders);
    }

    /** Feeds one entity's ticks to all, from a full ring before the unseen rows to the end. */
    private void run(Past past, List<Contestant> all, int season) {
        double unit = past.meanDifference(season);
        if (!(unit > 0) || past.selectEnd() >= past.rows()) {
            return;
        }
        int from = Math.max(0, past.selectEnd() - warmUp());
        for (var one : all) {
            one.begin();
        }
        for (int t = from; t < past.rows(); t++) {
            for (var one : all) {
                one.advance(past, t);
            }
            boolean compared = t + 1 >= past.selectEnd()
                    && t + 1 < past.rows()
                    && t + 1 - from > season
                    && all.stream().allMatch(Contestant::ready);
            if (compared) {
                for (var one : all) {
                    one.compare(past, t, unit);
                }
            }
        }
    }

    private int warmUp() {
        int ring = challenger.recipe().spec().windows().ring();
        if (champion != null) {
            ring = Math.max(ring, champion.recipe().spec().windows().ring());
        }
        return ring + challenger.recipe().warmUp();
    }

    private int horizons() {
        int mine = challenger.recipe().horizons();
        return champion == null ? mine : Math.min(mine, champion.recipe().horizons());
    }

    private int[] seasons() {
        var seasons = challenger.recipe().spec().seasons();
        return IntStream.of(seasons.shorter(), seasons.longer())
                .filter(season -> season > 1)
                .distinct()
                .toArray();
    }

    private Model champion() {
        if (champion == null) {
            throw new IllegalStateException("there is no champion");
        }
        return champion;
    }

    private static String text(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
