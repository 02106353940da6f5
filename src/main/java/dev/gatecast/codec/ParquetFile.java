package dev.gatecast.codec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * A Parquet file of flat rows, written front to back; holds one group of rows in memory.
 *
 * <p>{@code PAR1}, then for each group and column a page with its dictionary (texts) and a page with its values, both
 * gzipped; then the schema and where everything lies, the size of that and {@code PAR1} again. Pages are of version 1,
 * which every reader takes. See the format's specification, {@code parquet.thrift}, for the numbers of fields.
 */
public final class ParquetFile implements AutoCloseable {
    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final int GROUP = 1 << 17; // rows
    private static final int VERSION = 1;
    private static final int GZIP = 2;
    private static final int DATA = 0;
    private static final int DICTIONARY = 2;
    private static final int PLAIN = 0;
    private static final int RLE = 3;
    private static final int RLE_DICTIONARY = 8;

    private final OutputStream out;
    private final List<ParquetColumn> columns;
    private final List<Consumer<Thrift>> groups = new ArrayList<>();
    private long written;
    private long rows;

    /** Where the pages of a column lie. {@code dictionary} is -1 where there is none. */
    private record Place(long dictionary, long data, long plain, long packed, int rows) {}

    /**
     * Begins a file.
     *
     * @param out closed with the file
     * @param columns take the values of a row each before {@link #endRow()}
     */
    public ParquetFile(OutputStream out, List<ParquetColumn> columns) throws IOException {
        this.out = out;
        this.columns = List.copyOf(columns);
        write(MAGIC);
    }

    /** Ends a row: each column has taken its value. */
    public void endRow() throws IOException {
        if (columns.get(0).rows() == GROUP) {
            endGroup();
        }
    }

    private void write(byte[] bytes) throws IOException {
        out.write(bytes);
        written += bytes.length;
    }

    private void endGroup() throws IOException {
        var count = columns.get(0).rows();
        if (count == 0) {
            return;
        }
        var chunks = new ArrayList<Consumer<Thrift>>();
        var plain = 0L;
        var packed = 0L;
        var offset = written;
        for (var column : columns) {
            if (column.rows() != count) {
                throw new IllegalStateException(
                        column.name() + ": " + count + " values expected, got " + column.rows());
            }
            var place = pages(column);
            plain += place.plain;
            packed += place.packed;
            chunks.add(chunk -> chunk(chunk, column, place));
            column.clear();
        }
        group(chunks, new Place(-1, offset, plain, packed, count));
        rows += count;
    }

    private void group(List<Consumer<Thrift>> chunks, Place whole) {
        groups.add(group -> group.parts(1, chunks)
                .large(2, whole.plain)
                .large(3, whole.rows)
                .large(5, whole.data)
                .large(6, whole.packed));
    }

    private Place pages(ParquetColumn column) throws IOException {
        var start = written;
        var plain = 0L;
        var isText = column.kind() == ParquetColumn.Kind.TEXT;
        if (isText) {
            var distinct = column.distinct();
            plain += page(
                    DICTIONARY,
                    column.dictionaryPage(),
                    header -> header.part(
                            7, dictionary -> dictionary.whole(1, distinct).whole(2, PLAIN)));
        }
        var data = written;
        var count = column.rows();
        plain += page(
                DATA,
                column.dataPage(),
                header -> header.part(5, page -> page.whole(1, count)
                        .whole(2, isText ? RLE_DICTIONARY : PLAIN)
                        .whole(3, RLE)
                        .whole(4, RLE)));
        return new Place(isText ? start : -1, data, plain, written - start, count);
    }

    /** Writes a page; gives its bytes before packing, with its header. */
    private long page(int type, byte[] content, Consumer<Thrift> rest) throws IOException {
        var packed = packed(content);
        var header = Thrift.struct(
                page -> rest.accept(page.whole(1, type).whole(2, content.length).whole(3, packed.length)));
        write(header);
        write(packed);
        return header.length + content.length;
    }

    private static byte[] packed(byte[] content) throws IOException {
        var bytes = new ByteArrayOutputStream(content.length / 2);
        try (var zip = new Quick(bytes)) {
            zip.write(content);
        }
        return bytes.toByteArray();
    }

    private static void chunk(Thrift chunk, ParquetColumn column, Place place) {
        chunk.large(2, place.dictionary < 0 ? place.data : place.dictionary).part(3, meta -> {
            meta.whole(1, column.kind().type())
                    .wholes(2, place.dictionary < 0 ? List.of(PLAIN, RLE) : List.of(PLAIN, RLE, RLE_DICTIONARY))
                    .texts(3, List.of(column.name()))
                    .whole(4, GZIP)
                    .large(5, place.rows)
                    .large(6, place.plain)
                    .large(7, place.packed)
                    .large(9, place.data);
            if (place.dictionary >= 0) {
                meta.large(11, place.dictionary);
            }
        });
    }

    @Override
    public void close() throws IOException {
        try (out) {
            endGroup();
            var footer = Thrift.struct(this::footer);
            write(footer);
            write(ByteBuffer.allocate(Integer.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(footer.length)
                    .array());
            write(MAGIC);
        }
    }

    private void footer(Thrift footer) {
        Consumer<Thrift> root = element -> element.text(4, "rows").whole(5, columns.size());
        var schema = Stream.concat(Stream.of(root), columns.stream().<Consumer<Thrift>>map(column -> column::schema))
                .toList();
        footer.whole(1, VERSION)
                .parts(2, schema)
                .large(3, rows)
                .parts(4, groups)
                .text(6, "gatecast");
    }

    /** Gzip that prefers speed. */
    private static final class Quick extends GZIPOutputStream {
        Quick(OutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
