package dev.gatecast.trainer;

import dev.gatecast.trainer.TrainerSettings.Course;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Searches for sizes, rate and window within a time, by successive halving (Jamieson and Talwalkar 2016): all candidates
 * are trained for a short time, the better half of them twice as long, and so on, until one is left. Every round takes
 * the same time, and the first candidate is what was set.
 *
 * <p>Which candidates there are follows from seed and time; which of them wins depends on the machine too. The time is
 * overstepped by one training step and one look at held-out data at most.
 */
final class Tuning {
    /** What a training of the first round is given at least. */
    private static final Duration SHORTEST = Duration.ofSeconds(5);

    private static final int MOST_CANDIDATES = 64;
    private static final int ENDLESS = 1_000_000; // iterations: time ends a trial
    private static final int RISE = 20;

    private final TrainerSettings settings;
    private final Start start;
    private final Tools tools;
    private final List<Trial> trials = new ArrayList<>();

    /**
     * What a search works with.
     *
     * @param fits whether a candidate may be used at all
     */
    record Tools(InstantSource clock, Progress.Listener listener, Workers workers, Predicate<Candidate> fits) {}

    /**
     * A training of a candidate.
     *
     * @param round from 1
     * @param seconds it took
     * @param result what came out
     */
    record Trial(int round, Candidate candidate, double seconds, NetworkTraining.Result result) {
        private static final Comparator<Trial> BEST_FIRST = Comparator.<Trial>comparingDouble(
                        trial -> trial.result.loss())
                .thenComparingDouble(trial -> trial.result.last());

        String text() {
            return String.format(
                    Locale.ROOT,
                    "round %d: %s: loss %.5f after %d iterations in %.1f s",
                    round,
                    candidate.text(),
                    result.last(),
                    result.iterations(),
                    seconds);
        }
    }

    /** Lets a listener end a trial, and tells it nothing of it. */
    private record Quiet(Progress.Listener listener) implements Progress.Listener {
        @Override
        public void before() {
            listener.before();
        }

        @Override
        public void at(Progress progress) {}
    }

    /**
     * What was found.
     *
     * @param best of all
     * @param trials in the order in which they ran
     */
    record Found(Candidate best, List<Trial> trials) {}

    /**
     * A search.
     *
     * @param settings with the time to search in
     * @param start of the training, of which only the data and the linear model are used
     */
    Tuning(TrainerSettings settings, Start start, Tools tools) {
        this.settings = settings;
        this.start = start;
        this.tools = tools;
    }

    Found search() {
        var time = settings.run().tuning().orElseThrow();
        var begin = tools.clock.instant();
        int count = candidates(time);
        int rounds = Math.max(1, Integer.numberOfTrailingZeros(count));
        var left = Candidate.drawn(settings, count, longest(), tools.fits);
        for (int round = 1; round <= rounds; round++) {
            left = round(round, left, begin, time.multipliedBy(round).dividedBy(rounds), time);
        }
        return new Found(left.get(0), trials);
    }

    /** So many, a power of two, that each can have its least time in the first of all rounds. */
    private static int candidates(Duration time) {
        int count = MOST_CANDIDATES;
        while (count > 2
                && time.toMillis() / ((long) count * Integer.numberOfTrailingZeros(count)) < SHORTEST.toMillis()) {
            count /= 2;
        }
        return count;
    }

    private long rows() {
        return start.data().entities().stream()
                .mapToLong(entity -> entity.past().fitEnd())
                .sum();
    }

    private int longest() {
        return start.data().fitted().stream()
                .mapToInt(entity -> entity.past().fitEnd())
                .max()
                .orElse(1);
    }

    /** The better half, best first; those that no time was left for are the worse. */
    private List<Candidate> round(int round, List<Candidate> all, Instant begin, Duration until, Duration time) {
        var ran = new ArrayList<Trial>();
        for (int i = 0; i < all.size(); i++) {
            var left =
                    until.minus(Duration.between(begin, tools.clock.instant())).dividedBy(all.size() - i);
            if (left.isZero() || left.isNegative()) {
                break;
            }
            var trial = trial(round, all.get(i), left);
            ran.add(trial);
            double share =
                    (double) Duration.between(begin, tools.clock.instant()).toMillis() / time.toMillis();
            tools.listener.tries(Math.min(1, share), trial.text());
        }
        trials.addAll(ran);
        ran.sort(Trial.BEST_FIRST);
        var better =
                ran.stream().map(Trial::candidate).limit((all.size() + 1) / 2).toList();
        return better.isEmpty() ? all.subList(0, (all.size() + 1) / 2) : better;
    }

    private Trial trial(int round, Candidate candidate, Duration time) {
        var before = tools.clock.instant();
        var tried = candidate.in(settings);
        var from = start.with(tried);
        var told = Effort.told(tried, rows(), from.architecture());
        var course = told.descent().course();
        told = told.with(
                told.batches(),
                told.descent()
                        .with(ENDLESS)
                        .with(new Course(
                                course.decay(), Math.min(RISE, course.rise()), course.norm(), course.average(), 0, 0)));
        long seed = settings.run().seed();
        var pace = new Pace(tools.clock, Optional.of(time), 1, new Quiet(tools.listener));
        var result = new NetworkTraining(from, told, tools.workers).train(from.weights(0, seed), false, seed, pace);
        double seconds = Duration.between(before, tools.clock.instant()).toMillis() / 1e3;
        return new Trial(round, candidate, seconds, result);
    }
}
