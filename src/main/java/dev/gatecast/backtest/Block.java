package dev.gatecast.backtest;

import dev.gatecast.forecast.Governing;
import dev.gatecast.source.SourcedTick;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Some ticks (or, at the end, entities) in a row, each the work of one lane. */
final class Block {
    private static final int ITEMS = 4096;

    final List<Part> parts; // (lanes)
    final Track[] tracks = new Track[ITEMS];
    final @Nullable SourcedTick[] ticks = new SourcedTick[ITEMS]; // null: the track's end
    final @Nullable Governing[] governing = new Governing[ITEMS];
    final boolean[] past = new boolean[ITEMS];
    private final int[] places = new int[ITEMS]; // place of the item in its part
    private int size;

    Block(int lanes, Supplier<Pages> pages) {
        parts = IntStream.range(0, lanes)
                .mapToObj(lane -> new Part(pages.get()))
                .toList();
    }

    void clear() {
        size = 0;
        parts.forEach(Part::clear);
    }

    boolean isFull() {
        return size == ITEMS;
    }

    int size() {
        return size;
    }

    void add(Track track, @Nullable SourcedTick tick, @Nullable Governing governs, boolean isPast) {
        tracks[size] = track;
        ticks[size] = tick;
        governing[size] = governs;
        past[size] = isPast;
        var part = parts.get(track.lane);
        places[size] = part.size();
        part.add(size++);
    }

    /** The part that an item belongs to. */
    Part part(int item) {
        return parts.get(tracks[item].lane);
    }

    /** Place of an item in its part. */
    int place(int item) {
        return places[item];
    }
}
