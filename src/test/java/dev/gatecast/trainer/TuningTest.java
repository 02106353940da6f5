package dev.gatecast.trainer;

import static dev.gatecast.trainer.Histories.logistic;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.trainer.TrainerSettings.Run;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

class TuningTest {
    private static final Duration TIME = Duration.ofSeconds(50);

    /** A clock that goes on by a while whenever it is read. */
    private static final class Clock implements InstantSource {
        private Instant now = Instant.EPOCH;

        @Override
        public Instant instant() {
            now = now.plusMillis(200);
            return now;
        }
    }

    private final Clock clock = new Clock();
    private final List<String> trials = new ArrayList<>();

    private Challenge train(long seed, LongConsumer room) {
        var settings = Small.with(new Run(seed, 2, Optional.empty(), Optional.of(TIME)));
        var listener = new Progress.Listener() {
            @Override
            public void at(Progress progress) {}

            @Override
            public void tries(double share, String trial) {
                assertTrue(share > 0 && share <= 1);
                trials.add(trial);
            }
        };
        var history = new Histories()
                .with("a", 600, logistic(10, 2, 0.3))
                .with("b", 600, logistic(50, 7, 0.4))
                .history();
        return new Trainer(settings, clock, listener).challenge(history, Optional.empty(), Map.of(), room);
    }

    @Test
    void halvesTheCandidatesWithinItsTimeAndTrainsWithTheBest() {
        var challenge = train(1, bytes -> {});
        var taken = Duration.between(Instant.EPOCH, clock.now);
        assertTrue(taken.compareTo(TIME.plusSeconds(2)) <= 0, taken::toString);
        assertEquals(4 + 2, trials.size());
        assertTrue(trials.get(0).startsWith("round 1: hidden   6, layers 1, rate 0.0100, window  40"), trials.get(0));
        assertTrue(trials.get(5).startsWith("round 2"), trials.get(5));
        var lineage = challenge.challenger().lineage().entries();
        assertEquals(trials.get(0), lineage.get("tuning 1"));
        var architecture = challenge.challenger().recipe().networks().get(0).architecture();
        var chosen = String.valueOf(lineage.get("tuning chose"));
        assertTrue(
                chosen.startsWith("train.hidden=" + architecture.hidden() + " train.layers=" + architecture.layers()),
                chosen);
        assertEquals(String.valueOf(architecture.hidden()), challenge.chosen().get("train.hidden"));
    }

    @Test
    void aStopEndsATrialBeforeItsNextIteration() {
        var calls = new int[1];
        var settings = Small.with(new Run(1, 2, Optional.empty(), Optional.of(Duration.ofDays(1))));
        var listener = new Progress.Listener() {
            @Override
            public void at(Progress progress) {}

            @Override
            public void before() {
                if (++calls[0] == 3) {
                    throw new CancellationException("stopped");
                }
            }
        };
        var history = new Histories().with("a", 600, logistic(10, 2, 0.3)).history();
        var trainer = new Trainer(settings, clock, listener);
        assertThrows(
                CancellationException.class, () -> trainer.challenge(history, Optional.empty(), Map.of(), bytes -> {}));
        assertEquals(3, calls[0]);
    }

    @Test
    void theSeedDecidesWhatIsTried() {
        var settings = Small.SETTINGS;
        var other = Small.with(new Run(2, 1, Optional.empty()));
        var drawn = Candidate.drawn(settings, 32, 10_000, one -> true);
        assertEquals(32, new HashSet<>(drawn).size());
        assertEquals(drawn, Candidate.drawn(settings, 32, 10_000, one -> true));
        assertNotEquals(drawn, Candidate.drawn(other, 32, 10_000, one -> true));
        assertEquals(Candidate.set(settings), drawn.get(0));
        Candidate.drawn(settings, 32, 100, one -> true).forEach(one -> assertTrue(one.window() <= 100));
    }

    @Test
    void leavesOutWhatTheTopicWouldNotTake() {
        train(1, bytes -> {
            if (bytes > 120_000) {
                throw new dev.gatecast.kafka.KafkaProblem("too large");
            }
        });
        assertFalse(trials.isEmpty());
        trials.forEach(trial -> assertFalse(trial.contains("hidden 128") || trial.contains("hidden  96"), trial));
    }
}
