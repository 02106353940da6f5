package dev.gatecast.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code train}, then {@code backtest}, on a small slice of real data in each layout. */
class BacktestLayoutsIT {
    private static final String HEADER =
            "entity,made_at,horizon,target_time,q0.025,q0.05,q0.1,q0.25,q0.5,q0.75,q0.9,q0.95,q0.975,actual,model,mean";

    @TempDir
    private Path folder;

    private static List<String> lines(String path, long most) throws IOException {
        var file = Path.of(System.getProperty("gatecast.shared", "../shared")).resolve(path);
        assumeTrue(Files.exists(file), () -> file + " is absent: name its folder by -Dgatecast.shared=DIR");
        try (var lines = Files.lines(file)) {
            return lines.limit(most).toList();
        }
    }

    private Path write(String name, List<String> lines) throws IOException {
        return Files.write(folder.resolve(name), lines);
    }

    /** Trains on the csv, then replays it with the model; gives the rows of forecasts.csv behind the header. */
    private List<String> run(List<String> csv, String until, int horizon, String... more) throws IOException {
        var common = new ArrayList<>(csv);
        common.addAll(List.of("--season", "24", "--horizon", Integer.toString(horizon)));
        common.addAll(List.of("--set", "train.iterations=3", "--set", "train.hidden=4", "--set", "train.units=8"));
        var model = folder.resolve("model").toString();
        var train = gatecast("train", common, "--train-until", until, "--model-out", model);
        assertEquals(0, train.exit(), train::err);
        var backtest = gatecast(
                "backtest",
                common,
                Stream.concat(
                                Stream.of(
                                        "--models",
                                        "file:" + model,
                                        "--out",
                                        folder.resolve("out").toString()),
                                Stream.of(more))
                        .toArray(String[]::new));
        assertEquals(0, backtest.exit(), backtest::err);
        for (var file : List.of("scores.csv", "report.json")) {
            assertTrue(Files.size(folder.resolve("out").resolve(file)) > 0, file);
        }
        var rows = Files.readAllLines(folder.resolve("out").resolve("forecasts.csv"));
        assertEquals(HEADER, rows.get(0));
        return rows.subList(1, rows.size());
    }

    private static Run gatecast(String command, List<String> common, String... more) {
        return Run.of(Stream.of(Stream.of(command), common.stream(), Arrays.stream(more))
                .flatMap(arguments -> arguments)
                .toArray(String[]::new));
    }

    @Test
    void rowsAsInTheFilesOfM4() throws IOException {
        var csv = write("m4.csv", lines("data/m4-hourly/Hourly-train.csv", 6));
        var options = List.of("--csv", csv.toString(), "--layout", "rows");
        var rows = run(options, "-48", 48, "--forecasts", "last", "--also", "medians,intervals");
        assertEquals(5 * 48, rows.size());
        assertTrue(rows.get(0).startsWith("H1,699,1,700,"), rows.get(0));
        var medians = Files.readAllLines(folder.resolve("out/medians.csv"));
        assertEquals(5, medians.size());
        assertEquals("H1", medians.get(0).split(",")[0]);
        assertEquals(1 + 48, medians.get(0).split(",").length);
        assertEquals(rows.get(0).split(",")[8], medians.get(0).split(",")[1]);
        var interval =
                Files.readAllLines(folder.resolve("out/intervals.csv")).get(0).split(",");
        assertEquals(1 + 96, interval.length);
        assertEquals(rows.get(47).split(",")[4], interval[48], "lower end of the last step");
        assertEquals(rows.get(0).split(",")[12], interval[49], "upper end of the first step");
    }

    @Test
    void longWithSeveralFieldsInTheFileOfOneEntity() throws IOException {
        var csv = write("ETTh1.csv", lines("data/ett/ETTh1.csv", 801));
        var options = List.of(
                "--csv",
                csv.toString(),
                "--layout",
                "long",
                "--entity",
                "file",
                "--time",
                "date",
                "--fields",
                "OT,HUFL,MUFL",
                "--targets",
                "OT",
                "--cadence",
                "PT1H");
        var rows = run(options, "0.8", 24, "--train-until", "640", "--also", "medians");
        assertEquals((160 + 1) * 24, rows.size());
        assertTrue(rows.get(0).startsWith("ETTh1,2016-07-27T15:00:00Z,1,2016-07-27T16:00:00Z,"), rows.get(0));
        var first = Files.readAllLines(folder.resolve("out/medians.csv")).get(0).split(",");
        assertEquals(List.of("ETTh1", "640"), List.of(first).subList(0, 2), "the row that is forecast first");
    }

    @Test
    void wideWithOneColumnAnEntity() throws IOException {
        var csv = write("wide.csv", lines("data/ett/ETTh1.csv", 601));
        var options = List.of("--csv", csv.toString(), "--layout", "wide", "--time", "date", "--fields", "OT,HULL");
        var rows = run(options, "2016-07-20", 6, "--train-until", "2016-07-20");
        assertEquals(2 * (600 - 19 * 24 + 1) * 6, rows.size());
        assertEquals(
                List.of("HULL", "OT"),
                rows.stream().map(row -> row.split(",")[0]).distinct().sorted().toList());
    }

    @Test
    void longAndWideOfTheSameFlightsAreForecastAlike() throws IOException {
        var wide = write("w.csv", lines("data/flights2001/departures_wide.csv", 501));
        var tall = folder.resolve("l.csv.gz");
        try (var out = new GZIPOutputStream(Files.newOutputStream(tall))) {
            var text = String.join("\n", lines("data/flights2001/hourly_top20.csv", 1 + 500 * 20));
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        var ofWide = run(
                List.of("--csv", wide.toString(), "--layout", "wide", "--time", "time"),
                "400",
                12,
                "--train-until",
                "400");
        var ofLong = run(
                List.of("--csv", tall.toString(), "--entity", "airport", "--time", "time", "--fields", "departures"),
                "400",
                12,
                "--train-until",
                "400");
        assertEquals(20 * 101 * 12, ofWide.size());
        assertEquals(forecasts(ofWide), forecasts(ofLong));
    }

    /** The rows without the model's id: a model names the field that it was trained on, which a wide file does not. */
    private static List<String> forecasts(List<String> rows) {
        return rows.stream().map(row -> row.replaceFirst(",[0-9a-f]{64},", ",")).toList();
    }

    @Test
    void aFolderWithAFileForEachEntity() throws IOException {
        for (var name : List.of("realTweets/Twitter_volume_FB", "realAWSCloudwatch/ec2_cpu_utilization_5f5533")) {
            Files.createDirectories(folder.resolve("nab").resolve(name).getParent());
            write("nab/" + name + ".csv", lines("data/nab/data/" + name + ".csv", 501));
        }
        var out = folder.resolve("out");
        var run = Run.of(
                "backtest",
                "--csv",
                folder.resolve("nab").toString(),
                "--entity",
                "file",
                "--time",
                "timestamp",
                "--also",
                "scores",
                "--out",
                out.toString());
        assertEquals(0, run.exit(), run::err);
        var scores = Files.readAllLines(out.resolve("scores/realTweets/Twitter_volume_FB.csv"));
        assertEquals("timestamp,anomaly_score", scores.get(0));
        assertEquals(501, scores.size());
        assertTrue(scores.get(1).startsWith("2015-02-26T21:42:53Z,"), scores.get(1));
        assertEquals(
                "entity,time,value,score,state,why",
                Files.readAllLines(out.resolve("scores.csv")).get(0));
    }
}
