package dev.gatecast.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.codec.ParquetColumn.Kind;
import dev.gatecast.support.ParquetRows;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What another reader of the format finds in our files. */
class ParquetFileTest {
    @TempDir
    private Path folder;

    private final ParquetColumn name = new ParquetColumn("name", Kind.TEXT, false);
    private final ParquetColumn place = new ParquetColumn("place", Kind.WHOLE, false);
    private final ParquetColumn count = new ParquetColumn("count", Kind.LARGE, true);
    private final ParquetColumn time = new ParquetColumn("time", Kind.TIME, true);
    private final ParquetColumn small = new ParquetColumn("small", Kind.FLOAT, false);
    private final ParquetColumn large = new ParquetColumn("large", Kind.DOUBLE, true);
    private final ParquetColumn label = new ParquetColumn("label", Kind.TEXT, true);

    private ParquetFile file(Path path) throws IOException {
        return new ParquetFile(Files.newOutputStream(path), List.of(name, place, count, time, small, large, label));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** One group of rows, the end of one, and several; more names than a byte has numbers, one of them, none. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 131_072, 131_073, 300_000})
    void everyValueIsReadBack(int rows) throws IOException {
        var path = folder.resolve("rows.parquet");
        try (var file = file(path)) {
            for (var i = 0; i < rows; i++) {
                name.text(utf8("entity é " + i / 3 % 1000));
                place.whole(i - 3);
                fill(i);
                file.endRow();
            }
        }
        var read = ParquetRows.of(path);
        assertEquals(rows, read.size());
        for (var i = 0; i < rows; i++) {
            var row = read.get(i);
            assertEquals("entity é " + i / 3 % 1000, row.get("name"));
            assertEquals(i - 3, row.get("place"));
            assertEquals((float) Math.sqrt(i), row.get("small"));
            assertNull(row.get("count"));
            assertNull(row.get("label"));
            assertEquals(i % 3 == 0 ? null : -1L << i % 64, row.get("time"));
            assertEquals(i % 7 < 3 ? null : 1e300 / (i + 1), row.get("large"));
        }
    }

    private void fill(int i) {
        small.number((float) Math.sqrt(i));
        count.nothing();
        label.nothing();
        if (i % 3 == 0) {
            time.nothing();
        } else {
            time.large(-1L << i % 64);
        }
        if (i % 7 < 3) {
            large.nothing();
        } else {
            large.number(1e300 / (i + 1));
        }
    }

    @Test
    void theSchemaSaysWhatIsATimeAndWhatIsText() throws IOException {
        var path = folder.resolve("rows.parquet");
        file(path).close();
        var schema = ParquetRows.schema(path);
        assertTrue(schema.contains("required binary name (STRING);"), schema);
        assertTrue(schema.contains("optional int64 time (TIMESTAMP(MILLIS,true));"), schema);
        assertTrue(schema.contains("required int32 place;"), schema);
        assertTrue(schema.contains("optional int64 count;"), schema);
        assertTrue(schema.contains("required float small"), schema);
        assertTrue(schema.contains("optional double large"), schema);
    }

    @Test
    void aWrongKindAndARowThatLacksAValueAreRefused() throws IOException {
        assertThrows(IllegalStateException.class, () -> place.number(1.0));
        assertThrows(IllegalStateException.class, () -> name.nothing());
        var file = file(folder.resolve("rows.parquet"));
        name.text(utf8("x"));
        file.endRow();
        var thrown = assertThrows(IllegalStateException.class, file::close);
        assertEquals("place: 1 values expected, got 0", thrown.getMessage());
    }
}
