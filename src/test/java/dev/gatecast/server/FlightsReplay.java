package dev.gatecast.server;

import dev.gatecast.event.Alert;
import dev.gatecast.event.Forecast;
import dev.gatecast.event.Tick;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plays the airports' departures into a board, with a plain seasonal forecast standing where the topology's would be. */
final class FlightsReplay {
    static final long HOUR = 3_600_000L;
    private static final float[] LEVELS = {.025f, .05f, .1f, .25f, .5f, .75f, .9f, .95f, .975f};
    private static final double[] SIGMAS = {-1.96, -1.645, -1.282, -.674, 0, .674, 1.282, 1.645, 1.96};
    private static final int HORIZONS = 24;
    private static final int WEEK = 168;

    private final Board board;
    private final FakeView view;
    private final List<Tick> ticks;
    private final Map<String, Past> pasts = new HashMap<>();
    private int next;

    FlightsReplay(Board board, FakeView view, Path shared) throws IOException {
        this.board = board;
        this.view = view;
        this.ticks = read(shared.resolve("flights2001/hourly_top20.csv"));
    }

    static long time(String text) {
        return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC).toEpochMilli();
    }

    boolean hasNext() {
        return next < ticks.size();
    }

    long nextTime() {
        return ticks.get(next).time();
    }

    /** Plays all ticks before {@code time}. */
    void playUntil(long time) {
        while (hasNext() && nextTime() < time) {
            play(ticks.get(next++));
        }
    }

    private void play(Tick tick) {
        var past = pasts.computeIfAbsent(tick.entity(), name -> new Past());
        var alert = past.judge(tick, model());
        past.values.add(tick.values()[0]);
        var forecast = model().isEmpty() ? null : past.forecast(tick, model());
        board.advanced(tick, forecast, alert, 200_000 + tick.entity().hashCode() % 100_000);
    }

    private String model() {
        String id = "";
        for (var activation : view.activations()) {
            id = activation.effectiveFrom() <= nextTime() ? activation.model() : id;
        }
        return id;
    }

    /** One airport's values, its forecast and its alert. */
    private static final class Past {
        private final List<Double> values = new ArrayList<>();
        private float @Nullable [] ahead;
        private long openedAt = -1;
        private long rows;
        private int calm;
        private double peak;

        @Nullable Alert judge(Tick tick, String model) {
            if (ahead == null) {
                return null;
            }
            double value = tick.values()[0];
            double sigma = Math.max(1, (ahead[7] - ahead[1]) / 3.29);
            double level = Math.abs(value - ahead[4]) / sigma / 5;
            if (openedAt < 0) {
                if (level < 1) {
                    return null;
                }
                openedAt = tick.time();
                rows = 1;
                peak = level;
                calm = 0;
                return alert(tick, Alert.Phase.OPEN, level, model);
            }
            rows++;
            calm = level < 0.6 ? calm + 1 : 0;
            if (calm > 8) {
                var closed = alert(tick, Alert.Phase.CLOSE, level, model);
                openedAt = -1;
                return closed;
            }
            if (level > peak) {
                peak = level;
                return alert(tick, Alert.Phase.UPDATE, level, model);
            }
            return null;
        }

        private Alert alert(Tick tick, Alert.Phase phase, double level, String model) {
            var a = ahead == null ? new float[LEVELS.length] : ahead;
            var channel = tick.time() % 3 == 0 ? Alert.Channel.LEVEL : Alert.Channel.POINT;
            return new Alert(
                    tick.entity(),
                    tick.time(),
                    phase,
                    new Alert.Episode(openedAt, rows, peak, model),
                    new Alert.Surprise(level, 1 - Math.pow(2, -level), channel),
                    new Alert.Evidence(tick.values()[0], a[4], a[1], a[7], tick.values()[0], a[4]));
        }

        Forecast forecast(Tick tick, String model) {
            var quantiles = new float[HORIZONS * LEVELS.length];
            int n = values.size();
            for (int h = 1; h <= HORIZONS; h++) {
                int at = n - 1 + h;
                double mean = at >= 2 * WEEK ? .6 * values.get(at - WEEK) + .4 * values.get(at - 2 * WEEK) : 10;
                double sigma = 0.9 * Math.sqrt(mean + 1) * (0.7 + 0.02 * h) + .5;
                for (int i = 0; i < LEVELS.length; i++) {
                    quantiles[(h - 1) * LEVELS.length + i] = (float) Math.max(0, mean + SIGMAS[i] * sigma);
                }
            }
            ahead = java.util.Arrays.copyOf(quantiles, LEVELS.length);
            var stamp = new Forecast.Stamp(model, n < 2 * WEEK + 24);
            return new Forecast(tick.entity(), tick.time(), HOUR, LEVELS, quantiles, stamp);
        }
    }

    private static List<Tick> read(Path file) throws IOException {
        var ticks = new ArrayList<Tick>();
        for (var line : Files.readAllLines(file)) {
            var cells = line.split(",");
            if (!cells[0].equals("time")) {
                ticks.add(new Tick(cells[1], time(cells[0]), new double[] {Double.parseDouble(cells[2])}));
            }
        }
        return ticks;
    }
}
