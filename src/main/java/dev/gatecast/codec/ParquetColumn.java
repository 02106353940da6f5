package dev.gatecast.codec;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One column of a {@link ParquetFile} and the values of its group of rows so far. Texts lie in a dictionary, since few
 * differ; numbers are as they are. Not thread-safe.
 */
public final class ParquetColumn {
    /** What a column holds. */
    public enum Kind {
        /** Text in UTF-8. */
        TEXT(6),
        /** Whole numbers of 32 bits. */
        WHOLE(1),
        /** Whole numbers of 64 bits. */
        LARGE(2),
        /** Milliseconds since the epoch, UTC. */
        TIME(2),
        /** Numbers of 32 bits. */
        FLOAT(4),
        /** Numbers of 64 bits. */
        DOUBLE(5);

        private final int type;

        Kind(int type) {
            this.type = type;
        }

        int type() {
            return type;
        }
    }

    private static final int REQUIRED = 0;
    private static final int OPTIONAL = 1;
    private static final int FIRST_ROOM = 1 << 12;
    private static final int WIDEST = Long.BYTES;

    private final String name;
    private final Kind kind;
    private final boolean optional;
    private final ParquetRuns present = new ParquetRuns();
    private final ParquetRuns places = new ParquetRuns();
    private final Map<ByteBuffer, Integer> dictionary = new LinkedHashMap<>();
    private ByteBuffer plain = room(FIRST_ROOM);
    private int rows;

    /**
     * An empty column.
     *
     * @param optional whether a row may have no value
     */
    public ParquetColumn(String name, Kind kind, boolean optional) {
        this.name = name;
        this.kind = kind;
        this.optional = optional;
    }

    private static ByteBuffer room(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    String name() {
        return name;
    }

    Kind kind() {
        return kind;
    }

    int rows() {
        return rows;
    }

    int distinct() {
        return dictionary.size();
    }

    /** A text's bytes. Not modified. */
    public void text(byte[] utf8) {
        next(Kind.TEXT);
        var key = ByteBuffer.wrap(utf8);
        var place = dictionary.get(key);
        if (place == null) {
            place = dictionary.size();
            dictionary.put(ByteBuffer.wrap(Arrays.copyOf(utf8, utf8.length)), place);
        }
        places.add(place);
    }

    /** A whole number of 32 bits. */
    public void whole(int value) {
        next(Kind.WHOLE);
        plain.putInt(value);
    }

    /** A whole number of 64 bits, or a time. */
    public void large(long value) {
        next(kind == Kind.TIME ? Kind.TIME : Kind.LARGE);
        plain.putLong(value);
    }

    /** A number of 32 bits. */
    public void number(float value) {
        next(Kind.FLOAT);
        plain.putFloat(value);
    }

    /** A number of 64 bits. */
    public void number(double value) {
        next(Kind.DOUBLE);
        plain.putDouble(value);
    }

    /** A row without a value. */
    public void nothing() {
        if (!optional) {
            throw new IllegalStateException(name + ": a value expected, got none");
        }
        present.add(0);
        rows++;
    }

    private void next(Kind given) {
        if (given != kind) {
            throw new IllegalStateException(name + ": " + kind + " expected, got " + given);
        }
        if (optional) {
            present.add(1);
        }
        rows++;
        if (plain.remaining() < WIDEST) {
            plain = room(2 * plain.capacity()).put(plain.flip());
        }
    }

    void clear() {
        present.clear();
        places.clear();
        dictionary.clear();
        plain.clear();
        rows = 0;
    }

    /** The page with all texts, in the order of their places. */
    byte[] dictionaryPage() {
        var page = new ByteArrayOutputStream();
        var size = room(Integer.BYTES);
        for (var text : dictionary.keySet()) {
            page.writeBytes(size.putInt(0, text.capacity()).array());
            page.writeBytes(text.array());
        }
        return page.toByteArray();
    }

    /** The page with the rows: which have a value, then the values. */
    byte[] dataPage() {
        var page = new ByteArrayOutputStream();
        if (optional) {
            var levels = present.encoded(1);
            page.writeBytes(room(Integer.BYTES).putInt(levels.length).array());
            page.writeBytes(levels);
        }
        if (kind == Kind.TEXT) {
            var bits = ParquetRuns.bits(dictionary.size());
            page.write(bits);
            page.writeBytes(places.encoded(bits));
        } else {
            page.write(plain.array(), 0, plain.position());
        }
        return page.toByteArray();
    }

    /** The column in the file's schema: the older and the newer name of what its type means. */
    void schema(Thrift element) {
        element.whole(1, kind.type()).whole(3, optional ? OPTIONAL : REQUIRED).text(4, name);
        switch (kind) {
            case TEXT -> element.whole(6, 0).part(10, logical -> logical.part(1, nothingMore()));
            case TIME ->
                element.whole(6, 9)
                        .part(
                                10,
                                logical -> logical.part(
                                        8, time -> time.yes(1).part(2, unit -> unit.part(1, nothingMore()))));
            case WHOLE, LARGE, FLOAT, DOUBLE -> {}
        }
    }

    private static Consumer<Thrift> nothingMore() {
        return struct -> {};
    }
}
