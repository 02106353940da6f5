package dev.gatecast.trainer;

import static dev.gatecast.trainer.Histories.logistic;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.forecast.Model;
import dev.gatecast.trainer.TrainerSettings.Batches;
import dev.gatecast.trainer.TrainerSettings.Course;
import dev.gatecast.trainer.TrainerSettings.Run;
import dev.gatecast.trainer.TrainerSettings.Sizes;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CourseTest {
    private static final Course COURSE = new Course(0.01, 20, 1, 0.9, 0, Course.AS_FRESH);

    private static Challenge train(Course course, boolean carried, int threads) {
        return train(course, carried, threads, 0.01);
    }

    private static Challenge train(Course course, boolean carried, int threads, double rate) {
        var small = Small.with(new Run(1, threads, Optional.empty()));
        var settings = small.with(
                new Batches(20, 40, 10, 3, carried, 1),
                small.descent().with(course).with(rate));
        var history = new Histories()
                .with("a", 600, logistic(10, 2, 0.3))
                .with("b", 600, logistic(50, 7, 0.4))
                .history();
        return new Trainer(settings, InstantSource.system(), Progress.Listener.SILENT)
                .challenge(history, Optional.empty(), Map.of());
    }

    private static String figure(Challenge challenge) {
        return challenge.challenger().lineage().entries().getOrDefault("network 1", "");
    }

    @Test
    void everyPartOfTheCourseCountsForTheResult() {
        var ids = new TreeSet<String>();
        for (var course : new Course[] {
            COURSE,
            new Course(0, 20, 1, 0.9, 0, -1),
            new Course(0.01, 0, 1, 0.9, 0, -1),
            new Course(0.01, 20, 0.01, 0.9, 0, -1),
            new Course(0.01, 20, 1, 0, 0, -1)
        }) {
            ids.add(train(course, false, 1).challenger().id());
        }
        assertEquals(5, ids.size());
    }

    @Test
    void carriedStatesGiveAnotherModelAndTheSameOneOnOneThreadAndThree() {
        var one = train(COURSE, true, 1);
        assertTrue(one.gate().passed(), one.gate().lines().toString());
        assertEquals(one.challenger().id(), train(COURSE, true, 3).challenger().id());
        assertNotEquals(
                one.challenger().id(), train(COURSE, false, 1).challenger().id());
    }

    @Test
    void anEnsembleIsTheSameOnOneThreadAndThree() {
        assertEquals(ensemble(1).id(), ensemble(3).id());
        assertEquals(2, ensemble(2).recipe().networks().size());
    }

    private static Model ensemble(int threads) {
        var small = Small.with(new Run(1, threads, Optional.empty()));
        var settings = new TrainerSettings(
                small.target(),
                new Sizes(1, 6, 8, 24, 2, 48),
                small.batches(),
                small.descent(),
                small.holdOut(),
                small.run());
        var history = new Histories().with("a", 600, logistic(10, 2, 0.3)).history();
        return new Trainer(settings, InstantSource.system(), Progress.Listener.SILENT)
                .challenge(history, Optional.empty(), Map.of())
                .challenger();
    }

    @Test
    void stopsEarlyWhenItsPatienceIsOver() {
        assertTrue(figure(train(COURSE, false, 1)).contains("of 60;"));
        var wild = train(new Course(0, 0, 1e6, 0, 2, -1), false, 1, 0.9);
        assertTrue(!figure(wild).contains("of 60;"), figure(wild));
    }
}
