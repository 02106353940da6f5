package dev.gatecast.server;

import dev.gatecast.event.Alert;
import dev.gatecast.event.Forecast;
import dev.gatecast.event.Tick;
import org.jspecify.annotations.Nullable;

/**
 * One entity's recent past as the dashboard shows it: values, what had been expected of them, the newest forecast and
 * alert. Thread-safe by its own lock.
 */
final class Track {
    /** Ticks kept: two weeks of hours. */
    static final int CAPACITY = 336;

    private static final long DAY = 86_400_000L;

    private final String entity;
    private final long[] times = new long[CAPACITY];
    private final float[][] columns = new float[4][CAPACITY]; // value, expected, lower, upper
    private Pending[] pending = {}; // by group of horizons
    private long rows;
    private long sent;
    private Pending.Bands bands = Pending.Bands.NONE;
    private @Nullable Forecast forecast;
    private @Nullable Alert alert;

    Track(String entity) {
        this.entity = entity;
    }

    String entity() {
        return entity;
    }

    /** Points of the past, oldest first. */
    @SuppressWarnings("ArrayRecordComponent")
    record Points(long[] times, float[] values, float[] expected, float[] lower, float[] upper) {
        int size() {
            return times.length;
        }
    }

    /** The newest of everything, and some of the past. */
    record Snapshot(String entity, long rows, Points points, @Nullable Forecast forecast, @Nullable Alert alert) {
        long time() {
            return points.size() == 0 ? Long.MIN_VALUE : points.times()[points.size() - 1];
        }

        float value() {
            return points.size() == 0 ? Float.NaN : points.values()[points.size() - 1];
        }

        String model() {
            return forecast == null ? "" : forecast.stamp().model();
        }
    }

    /** Takes in what a state store held, if nothing has come yet. */
    synchronized void seed(LiveView.EntityCard card) {
        var made = card.forecast();
        if (rows > 0) {
            return;
        }
        forecast = made;
        bands = made == null ? bands : Pending.Bands.of(made.levels());
        long cadence = made == null ? 0 : made.cadence();
        int length = cadence > 0 ? card.recent().length : Math.min(1, card.recent().length);
        for (int i = card.recent().length - length; i < card.recent().length; i++) {
            push(card.time() - (card.recent().length - 1 - i) * cadence, card.recent()[i], null);
        }
    }

    /** Takes in a tick; forecasts made for its time go to {@code accuracy}. One that was seen before is left out. */
    synchronized void advance(Tick tick, Accuracy accuracy) {
        if (rows > 0 && tick.time() <= times[(int) ((rows - 1) % CAPACITY)]) {
            return;
        }
        float value = (float) tick.values()[0];
        Pending.Due next = null;
        for (int g = 0; g < pending.length; g++) {
            for (int place = 0; place < pending[g].places(); place++) {
                var due = pending[g].take(place, rows, tick.time(), value);
                if (due != null) {
                    float day = valueAt(tick.time() - DAY);
                    accuracy.add(g, tick.time(), value, due, day, valueAt(tick.time() - 7 * DAY));
                    next = g == 0 ? due : next;
                }
            }
        }
        push(tick.time(), value, next);
    }

    /** Takes in the forecast made at the last tick. */
    synchronized void take(Forecast made) {
        if (forecast == null || made.levels() != forecast.levels()) {
            bands = Pending.Bands.of(made.levels());
        }
        forecast = made;
        if (pending.length == 0 || pending[0].horizons() != made.horizons()) {
            pending = Pending.all(made.horizons());
        }
        if (rows > 0) {
            long row = rows - 1;
            for (var waiting : pending) {
                waiting.put(row, made, bands, columns[0][(int) (row % CAPACITY)]);
            }
        }
    }

    /** Takes in the change of an alert. */
    synchronized void take(Alert change) {
        alert = change;
    }

    /** All that is kept, with at most {@code points} of the past. */
    synchronized Snapshot snapshot(int points) {
        return new Snapshot(entity, rows, points(Math.max(rows - points, rows - CAPACITY)), forecast, alert);
    }

    /** What came since the last call, at most {@code most} ticks; null where nothing did. */
    synchronized @Nullable Snapshot news(int most) {
        if (sent == rows) {
            return null;
        }
        long from = Math.max(sent, rows - most);
        sent = rows;
        return new Snapshot(entity, rows, points(from), forecast, alert);
    }

    /** Time of the last alert, Long.MIN_VALUE where there was none. */
    synchronized long alertTime() {
        return alert == null ? Long.MIN_VALUE : alert.time();
    }

    private void push(long time, float value, Pending.@Nullable Due due) {
        int slot = (int) (rows % CAPACITY);
        times[slot] = time;
        columns[0][slot] = value;
        columns[1][slot] = due == null ? Float.NaN : due.median();
        columns[2][slot] = due == null ? Float.NaN : due.lower();
        columns[3][slot] = due == null ? Float.NaN : due.upper();
        rows++;
    }

    /** The value at a time that the ring still holds, else NaN. */
    private float valueAt(long time) {
        long low = Math.max(0, rows - CAPACITY);
        long high = rows - 1;
        while (low <= high) {
            long middle = (low + high) >>> 1;
            long there = times[(int) (middle % CAPACITY)];
            if (there == time) {
                return columns[0][(int) (middle % CAPACITY)];
            }
            if (there < time) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return Float.NaN;
    }

    private Points points(long from) {
        long first = Math.max(0, from);
        int size = (int) (rows - first);
        var points = new Points(new long[size], new float[size], new float[size], new float[size], new float[size]);
        for (int i = 0; i < size; i++) {
            int slot = (int) ((first + i) % CAPACITY);
            points.times[i] = times[slot];
            points.values[i] = columns[0][slot];
            points.expected[i] = columns[1][slot];
            points.lower[i] = columns[2][slot];
            points.upper[i] = columns[3][slot];
        }
        return points;
    }
}
