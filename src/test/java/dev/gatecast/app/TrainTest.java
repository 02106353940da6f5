package dev.gatecast.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.feature.Zone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainTest {
    @TempDir
    private Path folder = Path.of("");

    private Path csv(int rows) throws IOException {
        var random = new Random(1);
        var lines = new ArrayList<>(List.of("n,a,b"));
        for (int row = 0; row < rows; row++) {
            double wave = Math.sin(2 * Math.PI * row / 24);
            lines.add(String.format(
                    Locale.ROOT,
                    "%d,%.4f,%.4f",
                    row,
                    10 + 2 * wave + 0.4 * random.nextGaussian(),
                    50 - 7 * wave + 1.4 * random.nextGaussian()));
        }
        return Files.write(folder.resolve("waves.csv"), lines);
    }

    private static Run train(Path csv, String... more) {
        var arguments = new ArrayList<>(List.of("train", "--csv", csv.toString(), "--layout", "wide"));
        arguments.addAll(List.of("--time", "n", "--time-format", "number", "--season", "24", "--horizon", "4"));
        arguments.addAll(List.of("--set", "train.iterations=20", "--set", "train.hidden=4"));
        arguments.addAll(List.of(more));
        return Run.of(arguments.toArray(String[]::new));
    }

    @Test
    void writesAModelOfCsvFilesWithTheGatesWord() throws IOException {
        var file = folder.resolve("models").resolve("waves.model");
        var run = train(csv(700), "--train-until", "650", "--model-out", file.toString());
        assertEquals(0, run.exit(), run::err);
        assertTrue(run.out().contains("the challenger beats every naive forecast"), run::out);
        assertTrue(run.out().matches("(?s).*training took \\d+ s of processor time, by network \\d+; \\d+ s passed.*"));
        var model = ModelFile.read(file);
        assertTrue(run.out().contains("model " + model.id() + " is in " + file), run::out);
        assertEquals(4, model.recipe().horizons());
        assertFalse(model.recipe().spec().calendar());
    }

    private Path places(String zone) throws IOException {
        var lines = new ArrayList<>(List.of("time,place,zone,load,heat"));
        for (int row = 0; row < 1500; row++) {
            var time = Instant.parse("2001-01-01T00:00:00Z").plusSeconds(3600L * row);
            double wave = Math.sin(2 * Math.PI * row / 24);
            lines.add(String.format(Locale.ROOT, "%s,home,%s,%.3f,%d", time, zone, 5 + wave + row % 7 * 0.1, row % 11));
        }
        return Files.write(folder.resolve("places.csv"), lines);
    }

    private static Run trainPlaces(Path csv, String... more) {
        var arguments = new ArrayList<>(List.of("train", "--csv", csv.toString(), "--time", "time"));
        arguments.addAll(List.of("--entity", "place", "--season", "24", "--horizon", "4", "--zone", "zone"));
        arguments.addAll(List.of("--set", "train.iterations=10", "--set", "train.hidden=4"));
        arguments.addAll(List.of(more));
        return Run.of(arguments.toArray(String[]::new));
    }

    @Test
    void trainsOnTimeZonesHolidaysAndOtherFields() throws IOException {
        var file = folder.resolve("places.model");
        var dates = Files.writeString(folder.resolve("dates.txt"), "# ours\n2001-01-09\n\n");
        var run = trainPlaces(
                places("Europe/Paris"),
                "--set",
                "calendar.holidays=us,us-observed," + dates,
                "--model-out",
                file.toString());
        assertEquals(0, run.exit(), run::err);
        var context = ModelFile.read(file).recipe().spec().context();
        assertEquals(
                List.of("UTC", "Europe/Paris"),
                context.days().zones().stream().map(Zone::name).toList());
        assertEquals(11_331, context.days().holidays().dates().get(1));
        assertEquals("heat", context.past().get(0).name());
    }

    @Test
    void saysWhichZoneOrHolidayItCannotRead() throws IOException {
        var out = folder.resolve("none").toString();
        var run = trainPlaces(places("Mars/Base"), "--model-out", out);
        assertEquals(2, run.exit());
        assertTrue(
                run.err()
                        .contains("places.csv:2: zone: a time zone such as America/New_York was expected, not"
                                + " \"Mars/Base\""),
                run::err);
        run = trainPlaces(places("UTC"), "--model-out", out, "--set", "calendar.zone=Mars");
        assertEquals(2, run.exit());
        assertTrue(run.err().contains("a time zone such as UTC"), run::err);
        run = trainPlaces(places("UTC"), "--model-out", out, "--set", "calendar.holidays=de");
        assertEquals(2, run.exit());
        assertTrue(run.err().contains("there is no file de"), run::err);
        var dates = Files.writeString(folder.resolve("dates.txt"), "2001-01-09\n9.1.2001\n");
        run = trainPlaces(places("UTC"), "--model-out", out, "--set", "calendar.holidays=" + dates);
        assertEquals(2, run.exit());
        assertTrue(run.err().contains("dates.txt:2: a date such as 2026-12-25 is expected, not 9.1.2001"), run::err);
    }

    @Test
    void searchesForSizesAndPrintsWhatItTried() throws IOException {
        var file = folder.resolve("tuned.model");
        var run = train(csv(700), "--tune", "0.05", "--model-out", file.toString());
        assertEquals(0, run.exit(), run::err);
        assertTrue(run.out().contains("tuning 1: round 1: hidden   4, layers 1"), run::out);
        assertTrue(run.out().contains("tuning chose: train.hidden="), run::out);
        var none = train(csv(700), "--tune", "0", "--model-out", file.toString());
        assertEquals(2, none.exit());
        assertTrue(none.err().contains("--tune: minutes above 0 expected, got 0.0"), none::err);
    }

    @Test
    void goesOnFromAChampionInAFile() throws IOException {
        var first = folder.resolve("first.model");
        var second = folder.resolve("second.model");
        var csv = csv(900);
        assertEquals(
                0,
                train(csv, "--train-until", "700", "--model-out", first.toString())
                        .exit());
        var run = train(
                csv,
                "--champion",
                first.toString(),
                "--set",
                "train.warm.iterations=5",
                "--set",
                "train.old.share=0.25",
                "--model-out",
                second.toString());
        assertEquals(0, run.exit(), run::err);
        assertTrue(run.out().contains("against champion: pinball loss "), run::out);
        var lineage = ModelFile.read(second).lineage().entries();
        assertEquals("champion", lineage.get("start"));
        assertTrue(String.valueOf(lineage.get("network 1")).contains("of 5;"), lineage::toString);
    }

    /** Shops' hours: of themselves they have no grid. */
    private Path openHours() throws IOException {
        var lines = new ArrayList<>(List.of("time,load"));
        for (int hour = 0; hour < 24 * 120; hour++) {
            if (hour % 24 >= 9 && hour % 24 < 17) {
                var time = Instant.parse("2001-01-01T00:00:00Z").plusSeconds(3600L * hour);
                lines.add(String.format(Locale.ROOT, "%s,%.3f", time, 9 + hour % 24 * 0.5 + hour % 7 * 0.1));
            }
        }
        return Files.write(folder.resolve("open.csv"), lines);
    }

    private static Run trainHours(Path csv, Path model, String... more) {
        var arguments = new ArrayList<>(List.of("train", "--csv", csv.toString(), "--time", "time"));
        arguments.addAll(List.of("--season", "8", "--horizon", "4", "--model-out", model.toString()));
        arguments.addAll(List.of("--set", "train.iterations=5", "--set", "train.hidden=4"));
        arguments.addAll(List.of(more));
        return Run.of(arguments.toArray(String[]::new));
    }

    @Test
    void theChampionsCadenceIsThatOfTheFiles() throws IOException {
        var csv = openHours();
        var first = folder.resolve("first.model");
        var second = folder.resolve("second.model");
        var run = trainHours(csv, first, "--cadence", "PT1H");
        assertEquals(0, run.exit(), run::err);
        run = trainHours(csv, second, "--champion", first.toString());
        assertEquals(0, run.exit(), run::err);
        var model = ModelFile.read(second);
        assertEquals(3_600_000, model.recipe().spec().cadence());
        assertEquals("champion", model.lineage().entries().get("start"));
        run = trainHours(csv, second, "--champion", first.toString(), "--cadence", "none");
        assertEquals(0, run.exit(), run::err);
        assertEquals(0, ModelFile.read(second).recipe().spec().cadence());
    }

    @Test
    void saysWhatADurationLooksLike() {
        var run = Run.of("train", "--every", "six hours");
        assertEquals(2, run.exit(), run::err);
        assertTrue(run.err().contains("--every=six hours: expected a duration such as PT6H or P1D"), run::err);
    }

    @Test
    void asksWhereTheModelGoes() throws IOException {
        var run = train(csv(700));
        assertEquals(2, run.exit());
        assertTrue(run.err().contains("--model-out"), run::err);
    }

    @Test
    void saysHowMuchHistoryItNeeds() throws IOException {
        var run = train(csv(20), "--model-out", folder.resolve("none").toString());
        assertEquals(2, run.exit());
        assertTrue(run.err().contains("that selecting a model needs"), run::err);
        assertFalse(Files.exists(folder.resolve("none")));
    }
}
