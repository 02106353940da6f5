package dev.gatecast.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatecast.forecast.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GateWordTest extends WaveBacktest {
    private static final String FINDING = "the challenger loses to the last value";

    private static Trained refused(Model model) {
        return new Trained(model, false, FINDING);
    }

    private JsonNode json(String out) throws IOException {
        return new ObjectMapper()
                .readTree(folder.resolve(out).resolve("report.json").toFile());
    }

    @Test
    void theReportSaysWhetherTheGateWouldUseTheModel() throws IOException {
        var csv = wide("w.csv", waves(1));
        var lost = run(settings("150", "lost", false), csv, new Models.Fitted(past -> refused(MODEL)));
        var text = "the gate would not use this model: " + FINDING;
        assertTrue(lost.text().lines().anyMatch(text::equals), lost::text);
        assertEquals(text, json("lost").at("/gate/text").asText());
        assertFalse(json("lost").at("/gate/models/0/passed").asBoolean(true));
        assertTrue(Files.readString(folder.resolve("lost/report.html")).contains("\"notes\":[\"" + text + "\"]"));
        var won = run(settings("150", "won", false), csv, new Models.Fitted(past -> PASSED));
        var used = "the gate would use this model: the challenger beats every naive forecast";
        assertTrue(won.text().lines().anyMatch(used::equals), won::text);
        assertTrue(json("won").at("/gate/models/0/passed").asBoolean());
        var none = run(settings("150", "none", false), csv, new Models.Pinned(MODEL));
        assertFalse(none.text().contains("the gate"), none::text);
        assertTrue(json("none").path("gate").isMissingNode());
    }

    /** Of three models the first is used though it is refused, the second is refused and not used; one training fails. */
    @Test
    void walkingForwardTheReportCountsTheModelsThatWouldNotPass() throws IOException {
        var other = dev.gatecast.support.Models.random(2);
        var third = dev.gatecast.support.Models.random(3);
        Refit fit = (past, champion, from) -> {
            var training = (int) ((from - START) / HOUR - 100) / 40;
            return training == 2
                    ? Optional.empty()
                    : Optional.of(List.of(refused(MODEL), refused(other), PASSED, new Trained(third, true, "better"))
                            .get(training));
        };
        var report = run(
                hourly(settings("100", "walk", false)),
                wide("w.csv", waves(1)),
                new Models.WalkForward(fit, 40 * HOUR));
        var text = "2 of 3 trained models would not pass the gate; the first, which is used all the same, does not: "
                + FINDING;
        assertTrue(report.text().lines().anyMatch(text::equals), report::text);
        assertEquals(Map.of(MODEL.id(), 360L, third.id(), 60L), report.models());
        var models = json("walk").at("/gate/models");
        assertEquals(3, models.size());
        assertEquals(
                List.of(true, false, true),
                List.of(
                        models.at("/0/used").asBoolean(),
                        models.at("/1/used").asBoolean(),
                        models.at("/2/used").asBoolean()));
        assertEquals(other.id(), models.at("/1/model").asText());
    }
}
