package dev.gatecast.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.gatecast.codec.TimeFormat;
import dev.gatecast.codec.TraitFields;
import dev.gatecast.event.Rejection;
import dev.gatecast.source.CsvOptions.Columns;
import dev.gatecast.source.CsvOptions.Layout;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTicksTest {
    private static final Columns TIMED = columns(null, "time");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private static Columns columns(@Nullable String entity, @Nullable String time, String... fields) {
        return new Columns(entity, time, List.of(fields), List.of());
    }

    private Path file(String name, String... lines) throws IOException {
        var path = folder.resolve(name);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, String.join("\n", lines) + "\n");
    }

    private Path zipped(String name, String... lines) throws IOException {
        var path = file(name, lines);
        var plain = Files.readAllBytes(path);
        try (var out = new GZIPOutputStream(Files.newOutputStream(path))) {
            out.write(plain);
        }
        return path;
    }

    private static List<String> read(CsvOptions options) {
        try (var ticks = CsvTicks.open(options)) {
            return read(ticks);
        }
    }

    private static List<String> read(TickSource ticks) {
        var all = new ArrayList<String>();
        for (var tick = ticks.next(); tick != null; tick = ticks.next()) {
            all.add(tick.tick().entity() + " " + tick.tick().time() + " "
                    + tick.tick().values()[0] + " #" + tick.row());
        }
        return all;
    }

    private static List<String> read(Layout layout, Columns columns, Path... paths) {
        return read(CsvOptions.of(List.of(paths), layout, columns));
    }

    private static String refusal(Layout layout, Columns columns, Path... paths) {
        return String.valueOf(assertThrows(BadSource.class, () -> read(layout, columns, paths))
                .getMessage());
    }

    @Test
    void withoutATimeTheRowOfTheEntityIsTheTime() throws IOException {
        var csv = file("a.csv", "name,v", "x,1", "y,2", "x,3");
        assertEquals(List.of("x 0 1.0 #0", "y 0 2.0 #0", "x 1 3.0 #1"), read(Layout.LONG, columns("name", null), csv));
    }

    @Test
    void filesAreMergedByTimeAndTiesByTheirOrder() throws IOException {
        file("b/one.csv", "time,v", "1970-01-01,1", "1970-01-03,3");
        file("b/two.csv", "time,v", "1970-01-01,10", "1970-01-02,20");
        file("c.csv", "time,v", "1970-01-02,5");
        assertEquals(
                List.of(
                        "b/one 0 1.0 #0",
                        "b/two 0 10.0 #0",
                        "b/two 86400000 20.0 #1",
                        "c 86400000 5.0 #0",
                        "b/one 172800000 3.0 #1"),
                read(Layout.LONG, TIMED, folder));
    }

    @Test
    void theMergeReadsEveryLineAndCountsEachRejectionOnce() throws IOException {
        file("a.csv", "time,v", "1970-01-01,", "1970-01-02,2");
        file("b.csv", "time,v", "1970-01-01,1", "1970-01-04,oops");
        try (var ticks = CsvTicks.open(CsvOptions.of(List.of(folder), Layout.LONG, columns(null, "time", "v")))) {
            assertEquals(List.of("b 0 1.0 #0", "a 86400000 2.0 #1"), read(ticks));
            assertEquals(
                    Map.of(Rejection.MISSING_FIELD, 1L, Rejection.UNDECODABLE, 1L),
                    ticks.rejections().counts());
            assertEquals(2, ticks.rejected());
            assertTrue(ticks.rejections().messages().get(0).contains("b.csv:3: v: 'oops' is not a number"));
        }
    }

    @Test
    void gzipIsReadWhateverTheName() throws IOException {
        var path = folder.resolve("z.csv");
        try (var out = new GZIPOutputStream(Files.newOutputStream(path))) {
            out.write("v\n7\n".getBytes(StandardCharsets.UTF_8));
        }
        assertEquals(List.of("z 0 7.0 #0"), read(Layout.LONG, columns(null, null), path));
        var cut = Files.write(folder.resolve("cut.csv.gz"), Arrays.copyOf(Files.readAllBytes(path), 15));
        assertTrue(refusal(Layout.LONG, columns(null, null), cut).contains("cut.csv.gz"));
    }

    @Test
    void gzipOfSeveralPartsIsReadToItsEnd() throws IOException {
        var bytes = new ByteArrayOutputStream();
        for (var part = 0; part < 3_000; part++) {
            try (var zip = new GZIPOutputStream(bytes)) {
                var text = part == 0 ? "time,v\n" : String.format("%s,%d%n", Instant.ofEpochSecond(part), part);
                zip.write(text.getBytes(StandardCharsets.UTF_8));
            }
        }
        Files.write(folder.resolve("parts.csv.gz"), bytes.toByteArray());
        assertEquals(
                2_999, read(CsvOptions.of(List.of(folder), Layout.LONG, TIMED)).size());
    }

    @Test
    void thousandsOfFilesSideBySideNeedFewDescriptors() throws IOException {
        var files = 2_000;
        for (var file = 0; file < files; file++) {
            Files.writeString(
                    folder.resolve("e" + file + ".csv"), "time,v\n1970-01-01,1\n1970-01-02,2\n1970-01-03,3\n");
        }
        var system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        var before = system.getOpenFileDescriptorCount();
        try (var ticks = CsvTicks.open(CsvOptions.of(List.of(folder), Layout.LONG, TIMED))) {
            for (var tick = 0; tick < 2 * files; tick++) {
                ticks.next();
            }
            assertTrue(system.getOpenFileDescriptorCount() < before + 100);
            assertEquals(files, read(ticks).size());
        }
    }

    @Test
    void aWideFileKeepsTheRowOfAnEmptyCell() throws IOException {
        var csv = file("w.csv", "t,a,b", "5,1,", "6,2,9");
        var options = new CsvOptions(List.of(csv), Layout.WIDE, columns(null, "t"), TimeFormat.NUMBER, ',');
        assertEquals(List.of("a 5 1.0 #0", "a 6 2.0 #1", "b 6 9.0 #1"), read(options));
    }

    @Test
    void rowsMayStartWithoutAHeaderAndEndEarly() throws IOException {
        var csv = file("r.csv", "one,1,NA,3,,", "two,4", "three");
        assertEquals(
                List.of("one 0 1.0 #0", "one 2 3.0 #2", "two 0 4.0 #0"), read(Layout.ROWS, columns(null, null), csv));
    }

    @Test
    void aMissingColumnIsNamedWithThoseThereAre() throws IOException {
        var csv = file("a.csv", "when,v", "1970-01-01,1");
        var message = refusal(Layout.LONG, TIMED, csv);
        assertTrue(message.endsWith("a.csv: no column 'time'; the columns are when, v"), message);
        assertTrue(refusal(Layout.LONG, columns(null, "when", "w"), csv).contains("no column 'w'"));
        assertTrue(refusal(Layout.LONG, columns("site", "when"), csv).contains("no column 'site'"));
    }

    @Test
    void anUnsortedFileIsRefusedWithTheLine() throws IOException {
        var csv = file("a.csv", "time,v", "1970-01-02,1", "1970-01-01,1");
        var message = refusal(Layout.LONG, TIMED, csv);
        assertTrue(message.contains("a.csv:3: the time 1970-01-01 is before that of an earlier line; sort"), message);
    }

    @Test
    void aFileSortedByEntityIsRefusedWhereTheSecondEntityBegins() throws IOException {
        var csv = file("a.csv", "time,site,v", "1970-01-01,x,1", "1970-01-02,x,2", "1970-01-01,y,1", "1970-01-02,y,2");
        var message = refusal(Layout.LONG, columns("site", "time"), csv);
        assertTrue(message.contains("a.csv:4: the time 1970-01-01 is before that of an earlier line; sort"), message);
    }

    @ParameterizedTest
    @EnumSource(
            value = Layout.class,
            names = {"LONG", "WIDE"})
    void anUnsortedFileOfAFolderIsRefusedWithItsLine(Layout layout) throws IOException {
        file("sites/a.csv", "time,v", "1970-01-01,1", "1970-01-02,1", "1970-01-04,1");
        zipped("sites/b.csv.gz", "time,v", "1970-01-01,1", "1970-01-03,1", "1970-01-02,1");
        var message = refusal(layout, TIMED, folder.resolve("sites"));
        assertTrue(message.contains("b.csv.gz:4: the time 1970-01-02 is before that of an earlier line"), message);
    }

    @Test
    void aColumnThatOneFileOfAFolderLacksIsNamedWithTheFile() throws IOException {
        file("sites/a.csv", "time,v", "1970-01-01,1");
        file("sites/b.csv", "time,w", "1970-01-01,1");
        var message = refusal(Layout.LONG, columns(null, "time", "v"), folder.resolve("sites"));
        assertTrue(message.endsWith("b.csv: no column 'v'; the columns are time, w"), message);
    }

    @Test
    void aFirstTimeThatCannotBeReadIsFatalALaterOneIsCounted() throws IOException {
        var number = file("a.csv", "time,v", "12345,1");
        assertTrue(refusal(Layout.LONG, TIMED, number).contains("a.csv:2: '12345' is not a time in the format ISO"));
        var later = file("b.csv", "time,v", "1970-01-02,1", "soon,2", "1970-01-03,3");
        try (var ticks = CsvTicks.open(CsvOptions.of(List.of(later), Layout.LONG, TIMED))) {
            assertEquals(List.of("b 86400000 1.0 #0", "b 172800000 3.0 #2"), read(ticks));
            assertEquals(Map.of(Rejection.BAD_TIME, 1L), ticks.rejections().counts());
        }
    }

    @Test
    void whatCannotBeReadIsSaidBeforeAnything() throws IOException {
        assertTrue(refusal(Layout.LONG, TIMED, folder).contains("no *.csv or *.csv.gz"));
        assertTrue(refusal(Layout.LONG, TIMED, folder.resolve("absent.csv")).contains("no such file"));
        assertTrue(refusal(Layout.LONG, TIMED, file("empty.csv")).contains("a line of column names was expected"));
        assertTrue(refusal(Layout.LONG, TIMED, file("bare.csv", "1,2", "3,4")).contains("numbers only"));
        assertTrue(refusal(Layout.LONG, columns(null, null), file("text.csv", "a,b", "x,y"))
                .contains("holds numbers; the columns are a, b"));
        assertTrue(refusal(Layout.LONG, columns(null, null), file("p/a.csv", "v", "1"), file("q/a.csv", "v", "1"))
                .contains("would both be the entity a"));
    }

    @Test
    void optionsThatContradictEachOtherAreRefused() throws IOException {
        var csv = file("a.csv", "v", "1");
        assertTrue(refusal(Layout.WIDE, columns("v", null), csv).contains("an entity column is for the layout long"));
        assertTrue(refusal(Layout.ROWS, columns(null, "v"), csv).contains("has no columns to name"));
        var target = new Columns(null, null, List.of("v"), List.of("w"));
        assertTrue(refusal(Layout.LONG, target, csv).contains("the target w is not among the fields [v]"));
    }

    @Test
    void columnsOfValuesToComeAreFoundBesideTheirField() throws IOException {
        var csv = file("a.csv", "v,w,p+2,p,p+1,p+4", "1,2,3,4,5,6");
        var options = new Columns(null, null, List.of("v"), List.of(), TraitFields.NONE, List.of("p"));
        try (var ticks = CsvTicks.open(CsvOptions.of(List.of(csv), Layout.LONG, options))) {
            assertEquals(List.of("v", "p", "p+1", "p+2"), ticks.fields().names());
            var tick = Objects.requireNonNull(ticks.next()).tick();
            assertArrayEquals(new double[] {1, 4, 5, 3}, tick.values());
        }
        var none = new Columns(null, null, List.of("v"), List.of(), TraitFields.NONE, List.of("w"));
        assertTrue(
                refusal(Layout.LONG, none, csv).contains("beside w the columns w+1, w+2 and so on were expected"),
                refusal(Layout.LONG, none, csv));
        var target = new Columns(null, null, List.of("p", "v"), List.of(), TraitFields.NONE, List.of("p"));
        assertTrue(
                refusal(Layout.LONG, target, csv).contains("values to come of p, a target, which is to be forecast"),
                refusal(Layout.LONG, target, csv));
        var wide = new Columns(null, null, List.of(), List.of(), TraitFields.NONE, List.of("p"));
        assertTrue(refusal(Layout.WIDE, wide, csv).contains("columns with values to come are for the layout long"));
    }

    @Test
    void aRowWhoseZoneIsNoneIsCountedWithItsLine() throws IOException {
        var path =
                file("a.csv", "time,v,zone,kind", "1,5,Mars/X,k", "2,6,Europe/Paris,k", "3,7,,k", "4,8,Europe/Paris,k");
        var columns = new Columns(null, "time", List.of("v"), List.of(), new TraitFields("zone", "kind"), List.of());
        try (var ticks = CsvTicks.open(new CsvOptions(List.of(path), Layout.LONG, columns, TimeFormat.NUMBER, ','))) {
            assertEquals(List.of("a 2 6.0 #1", "a 3 7.0 #2", "a 4 8.0 #3"), read(ticks));
            assertEquals(
                    List.of("UNDECODABLE " + path
                            + ":2: zone: a time zone such as America/New_York was expected, not \"Mars/X\""),
                    ticks.rejections().messages());
        }
    }

    @Test
    void aHugeEmptyBlankOrUnprintableNameIsRejected() throws IOException {
        var csv = file("a.csv", "name,v", "x".repeat(257) + ",1", ",2", " ,2", "a\u0000,2", "x,3");
        try (var ticks = CsvTicks.open(CsvOptions.of(List.of(csv), Layout.LONG, columns("name", null)))) {
            assertEquals(List.of("x 0 3.0 #0"), read(ticks));
            assertEquals(Map.of(Rejection.BAD_ENTITY, 4L), ticks.rejections().counts());
        }
    }

    @Test
    void quotesSeparatorsAndAByteOrderMarkAreUnderstood() throws IOException {
        var csv = file("a.csv", "\ufeff\"na\"\"me\";v", "\"x;\ny\";\"1\"", "z;inf", "z;2");
        var options = new CsvOptions(List.of(csv), Layout.LONG, columns("na\"me", null), TimeFormat.ISO, ';');
        try (var ticks = CsvTicks.open(options)) {
            assertEquals(List.of("x;\ny 0 1.0 #0", "z 1 2.0 #1"), read(ticks));
            assertTrue(ticks.rejections().messages().get(0).contains("a.csv:4: v is Infinity"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ISO, 2001-03-05T14:00:00, 2001-03-05T14:00:00Z",
        "ISO, 2001-03-05 14:00:00, 2001-03-05T14:00:00Z",
        "ISO, 2001-03-05 14:00, 2001-03-05T14:00:00Z",
        "ISO, 2001-03-05, 2001-03-05T00:00:00Z",
        "ISO, 2001-03-05T14:00:00Z, 2001-03-05T14:00:00Z",
        "ISO, 2001-03-05T14:00:00.25-05:00, 2001-03-05T19:00:00.250Z",
        "ISO, 2001-03-05 14:00:00+01:00, 2001-03-05T13:00:00Z",
        "SECONDS, 983800800, 2001-03-05T14:00:00Z",
        "SECONDS, 983800800.25, 2001-03-05T14:00:00.250Z",
        "MILLIS, 983800800250, 2001-03-05T14:00:00.250Z",
        "MICROS, 983800800250999, 2001-03-05T14:00:00.250Z",
        "NANOS, 983800800250999999, 2001-03-05T14:00:00.250Z"
    })
    void timesAreReadInEveryFormat(TimeFormat format, String text, String expected) {
        assertEquals(Instant.parse(expected).toEpochMilli(), format.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "2001-02-29",
                "2001-03-05T25:00:00",
                "2001-03-05x14:00:00",
                "20010305",
                "2001-03-05T14:0a:00"
            })
    void whatIsNoTimeIsRefused(String text) {
        assertThrows(DateTimeException.class, () -> TimeFormat.ISO.parse(text));
    }
}
