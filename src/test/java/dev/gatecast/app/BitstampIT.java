package dev.gatecast.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What docs/quality.md says of real trades, with a small network and little training: no forecast of a price beats the last
 * one, the intervals hold, and how far it will move is forecast.
 */
class BitstampIT {
    private static final String FILE = "bitstamp_trades_from_20131125_usd.csv";
    private static final double LEVEL_5 = 1.96; // deviations

    /** Of an absolute error: within two points, but for the middle half, which the coarse steps of prices fill. */
    private static final double[] TOLERANCE = {0.035, 0.02, 0.02, 0.02};

    @TempDir
    private Path folder;

    private Judged backtest(String... more) throws IOException {
        var csv = folder.resolve(FILE);
        try (var trades = Objects.requireNonNull(BitstampIT.class.getResourceAsStream("/" + FILE))) {
            Files.copy(trades, csv);
        }
        var out = folder.resolve("out");
        var arguments = new ArrayList<>(List.of("backtest", "--csv", csv.toString(), "--time", "timestamp"));
        arguments.addAll(List.of("--time-format", "s", "--fields", "price", "--train-until", "0.6"));
        arguments.addAll(List.of("--horizon", "12", "--set", "seasons=", "--set", "train.iterations=60"));
        arguments.addAll(List.of("--set", "train.hidden=8", "--set", "train.units=16", "--out", out.toString()));
        arguments.addAll(List.of(more));
        var run = Run.of(arguments.toArray(String[]::new));
        assertEquals(0, run.exit(), run::err);
        return new Judged(
                new ObjectMapper().readTree(out.resolve("report.json").toFile()),
                Files.readAllLines(out.resolve("forecasts.csv")));
    }

    @Test
    void tradeByTrade() throws IOException {
        var judged = backtest("--cadence", "none");
        var lastValue = judged.contender("last-value");
        judged.report
                .get("contenders")
                .forEach(one -> assertTrue(
                        one.get("all").get("mae").asDouble()
                                >= lastValue.get("mae").asDouble(),
                        one::toString));
        assertTrue(
                judged.contender("gru").get("rmse").asDouble()
                        < lastValue.get("rmse").asDouble(),
                "the bounce between bid and ask is forecast");
        judged.requireThatNothingBeatsTheLastValue();
        judged.requireCoverage();
        assertTrue(judged.rankOfWidths() > 0.2, "rank correlation: " + judged.rankOfWidths());
    }

    @Test
    void minuteByMinute() throws IOException {
        var judged = backtest("--cadence", "PT1M", "--bars", "last", "--fill", "last");
        judged.requireThatNothingBeatsTheLastValue();
        judged.requireCoverage();
        assertTrue(judged.rankOfWidths() > 0.1, "rank correlation: " + judged.rankOfWidths());
    }

    /** A report and the rows of forecasts. */
    private record Judged(JsonNode report, List<String> forecasts) {
        JsonNode contender(String name) {
            return StreamSupport.stream(report.get("contenders").spliterator(), false)
                    .filter(one -> one.get("name").asText().equals(name))
                    .findFirst()
                    .orElseThrow()
                    .get("all");
        }

        /** By the test of Diebold and Mariano, over all horizons. */
        void requireThatNothingBeatsTheLastValue() {
            var test = StreamSupport.stream(report.get("significance").spliterator(), false)
                    .filter(one -> one.get("other").asText().equals("last-value"))
                    .findFirst()
                    .orElseThrow();
            assertTrue(test.get("statistic").asDouble() < LEVEL_5, test::toString);
        }

        /** By groups of horizons: 1, 2 to 3, 4 to 6, 7 to 12. */
        void requireCoverage() {
            var ends = new int[] {0, 1, 3, 6, 12};
            for (var group = 1; group < ends.length; group++) {
                for (var band = 0; band < TOLERANCE.length; band++) {
                    var place = band;
                    var covered = IntStream.range(ends[group - 1], ends[group])
                            .mapToObj(h -> report.get("quantiles")
                                    .get("horizons")
                                    .get(h)
                                    .get("bands")
                                    .get(place))
                            .mapToDouble(one -> one.get("coverage").asDouble()
                                    - one.get("nominal").asDouble())
                            .average()
                            .orElseThrow();
                    assertEquals(0, covered, TOLERANCE[band], "band " + band + " up to horizon " + ends[group]);
                }
            }
        }

        /** Rank correlation of the 80 % band's width one step ahead with the absolute error of the median there. */
        double rankOfWidths() {
            var names = List.of(forecasts.get(0).split(","));
            var widths = new ArrayList<Double>();
            var errors = new ArrayList<Double>();
            forecasts.stream().skip(1).map(row -> row.split(",", -1)).forEach(row -> {
                var actual = row[names.indexOf("actual")];
                if (row[names.indexOf("horizon")].equals("1") && !actual.isEmpty()) {
                    widths.add(number(row, names, "q0.9") - number(row, names, "q0.1"));
                    errors.add(Math.abs(Double.parseDouble(actual) - number(row, names, "q0.5")));
                }
            });
            return correlation(ranks(widths), ranks(errors));
        }

        private static double number(String[] row, List<String> names, String name) {
            return Double.parseDouble(row[names.indexOf(name)]);
        }

        private static double[] ranks(List<Double> values) {
            var order = IntStream.range(0, values.size())
                    .boxed()
                    .sorted(Comparator.comparing(values::get))
                    .toList();
            var ranks = new double[values.size()];
            for (var rank = 0; rank < ranks.length; rank++) {
                ranks[order.get(rank)] = rank - (ranks.length - 1) / 2.0;
            }
            return ranks;
        }

        /** Of numbers around zero. */
        private static double correlation(double[] a, double[] b) {
            var product = 0.0;
            var square = 0.0;
            for (var i = 0; i < a.length; i++) {
                product += a[i] * b[i];
                square += a[i] * a[i];
            }
            return product / square;
        }
    }
}
