package dev.gatecast.backtest;

import dev.gatecast.event.Alert;
import dev.gatecast.event.Forecast;
import dev.gatecast.event.Rejection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What one lane does of a block, and what came of it. */
final class Part {
    private static final int FIRST_ROOM = 64;

    final Pages pages;
    final List<Event> events = new ArrayList<>();
    private int[] items = new int[FIRST_ROOM];
    private int size;

    Part(Pages pages) {
        this.pages = pages;
    }

    /** Something that the whole replay has to know, in the order of its items. */
    sealed interface Event {
        /** Number of the item in the block. */
        int item();
    }

    /** An alert changed. */
    record Alerted(int item, Alert alert, boolean past) implements Event {}

    /** A tick did not count. */
    record Rejected(int item, Rejection reason, String text) implements Event {}

    /** A forecast was made. */
    record Made(int item, Forecast forecast) implements Event {}

    void clear() {
        size = 0;
        events.clear();
        pages.clear();
    }

    void add(int item) {
        if (size == items.length) {
            items = Arrays.copyOf(items, 2 * size);
        }
        items[size++] = item;
    }

    int size() {
        return size;
    }

    int item(int index) {
        return items[index];
    }
}
