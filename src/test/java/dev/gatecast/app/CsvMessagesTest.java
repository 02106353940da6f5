package dev.gatecast.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user reads whose file is not what the options say. */
class CsvMessagesTest {
    @TempDir
    Path folder;

    private String file(String name, Charset charset, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text, charset).toString();
    }

    private String file(String name, String text) throws IOException {
        return file(name, StandardCharsets.UTF_8, text);
    }

    /** A head, and a line for each of 30 hours, in which # is the number and @ the time. */
    private static String hours(String head, String line) {
        var text = new StringBuilder(head);
        for (var hour = 0; hour < 30; hour++) {
            var time = String.format("2001-03-%02dT%02d:00:00Z", 1 + hour / 24, hour % 24);
            text.append(line.replace("#", "" + hour).replace("@", time));
        }
        return text.toString();
    }

    private static Run backtest(String csv, String... more) {
        var arguments = new ArrayList<>(List.of("backtest", "--csv", csv));
        arguments.addAll(List.of(more));
        return Run.of(arguments.toArray(String[]::new));
    }

    private static void refused(String part, Run run) {
        assertEquals(2, run.exit(), run::out);
        assertTrue(run.err().contains(part), run::err);
    }

    private static String read(String csv, String... more) {
        var run = backtest(csv, more);
        assertEquals(0, run.exit(), run::err);
        assertTrue(run.out().startsWith("30 ticks of 1 entities"), run::out);
        assertFalse(run.out().contains("rejected"), run::out);
        return run.err();
    }

    @ParameterizedTest
    @ValueSource(strings = {";", "\t", "|"})
    void anotherSeparatorIsNamed(String separator) throws IOException {
        var text = hours("time,name,price\n", "@,a,#\n").replace(",", separator);
        var csv = file("a.csv", text);
        var shown = separator.equals("\t") ? "$'\\t'" : "'" + separator + "'";
        refused(
                "the line of names is one cell; for files with this separator give --separator " + shown,
                backtest(csv));
        refused("give --separator " + shown, backtest(csv, "--time", "time", "--entity", "name"));
        refused("give --separator " + shown, backtest(csv, "--time", "time", "--layout", "wide"));
        read(csv, "--time", "time", "--entity", "name", "--separator", separator);
    }

    @Test
    void decimalCommasAreNamed() throws IOException {
        var csv = file("a.csv", hours("time;price\n", "@;#,5\n"));
        refused("price holds '0,5'; numbers have a decimal point", backtest(csv, "--time", "time", "--separator", ";"));
        var chosen = backtest(csv, "--time", "time", "--separator", ";", "--fields", "price");
        assertTrue(
                chosen.out().contains("a.csv:2: price: '0,5' is not a number; numbers have a decimal point"),
                chosen::out);
        var split = backtest(file("b.csv", hours("time,price\n", "@,#,5\n")), "--time", "time");
        assertTrue(split.out().contains("b.csv:2: 3 cells where the header has 2"), split::out);
        assertTrue(split.out().contains("nothing was judged: no row is a tick"), split::out);
        read(file("c.csv", hours("time,price,\n", "@,#,,\n")), "--time", "time");
    }

    @Test
    void aForgottenEntityIsHintedAt() throws IOException {
        var csv = file("a.csv", hours("time,site,load\n", "@,x,#\n@,y,#\n@,z,#\n"));
        var forgotten = backtest(csv, "--time", "time");
        assertEquals(0, forgotten.exit());
        assertTrue(
                forgotten
                        .err()
                        .contains("most rows have the time of the row before; does a column name the entity?"
                                + " give --entity site"),
                forgotten::err);
        var named = backtest(csv, "--time", "time", "--entity", "site");
        assertFalse(named.err().contains("--entity"), named::err);
        assertFalse(read(file("b.csv", hours("time,load\n", "@,#\n")), "--time", "time")
                .contains("--entity"));
    }

    @Test
    void aWordThatIsNoneIsAnsweredInTheWordsThatUsersType() throws IOException {
        var csv = file("a.csv", hours("time,load\n", "@,#\n"));
        var tall = backtest(csv, "--layout", "tall");
        assertEquals(2, tall.exit());
        assertEquals(
                "--layout=tall: expected long, wide or rows",
                tall.err().lines().findFirst().orElse(""));
        refused("--layout=wied: expected long, wide or rows; did you mean wide?", backtest(csv, "--layout", "wied"));
        refused(
                "--time-format=iso8601: expected iso, s, ms, us, ns or number",
                backtest(csv, "--time-format", "iso8601"));
        assertEquals(0, backtest(csv, "--time", "time", "--layout", "Wide").exit());
    }

    @Test
    void aFileOfOneRowSaysThatNothingWasJudgedAndWhy() throws IOException {
        var one = backtest(file("a.csv", "time,load\n2001-03-01,1\n"), "--time", "time");
        assertEquals(0, one.exit(), one::err);
        assertTrue(
                one.out()
                        .contains("nothing was judged: no entity has a second tick, which its first forecast could be"
                                + " judged by"),
                one::out);
        var head = backtest(file("b.csv", "time,load\n"), "--time", "time");
        assertTrue(head.out().contains("nothing was judged: no row is a tick"), head::out);
        var past = backtest(
                file("c.csv", hours("time,load\n", "@,#\n")),
                "--time",
                "time",
                "--models",
                "none",
                "--train-until",
                "2002-01-01");
        assertTrue(past.out().contains("nothing was judged: every tick is before the cut"), past::out);
    }

    @Test
    void textThatIsNotUtf8IsNamedByItsLine() throws IOException {
        var latin = StandardCharsets.ISO_8859_1;
        var names = file("a.csv", latin, hours("time,site,load\n", "@,x,#\n@,Z\u00fcrich,#\n"));
        refused(
                "a.csv:3: 'Z\ufffdrich' is not UTF-8, which is expected; convert the file, for instance with iconv -f"
                        + " latin1 -t utf-8",
                backtest(names, "--time", "time", "--entity", "site"));
        var head = file("b.csv", latin, hours("time,h\u00f6he\n", "@,#\n"));
        refused("b.csv:1: 'h\ufffdhe' is not UTF-8", backtest(head, "--time", "time"));
        var rows = file("c.csv", latin, "Z\u00fcrich,1,2,3\n");
        refused("c.csv:1: 'Z\ufffdrich' is not UTF-8", backtest(rows, "--layout", "rows"));
        read(file("d.csv", hours("time,site,h\u00f6he\n", "@,Z\u00fcrich,#\n")), "--time", "time", "--entity", "site");
    }

    @Test
    void marksLineEndsAndQuotesAreRead() throws IOException {
        read(file("bom.csv", "\ufeff" + hours("time,load\n", "@,#\n")), "--time", "time");
        read(file("crlf.csv", hours("time,load\r\n", "@,#\r\n")), "--time", "time");
        read(file("end.csv", hours("time,load", "\n@,#")), "--time", "time");
        read(
                file("quoted.csv", hours("\"time\",\"the, site\",\"load\"\n", "\"@\",\"a \"\"b\"\", c\",\"#\"\n")),
                "--time",
                "time",
                "--entity",
                "the, site");
        read(file("wide.csv", StandardCharsets.UTF_16, hours("time,load\n", "@,#\n")), "--time", "time");
    }

    @Test
    void aFileWithoutALineIsSaidToBeEmpty() throws IOException {
        refused("a.csv: empty; a line of column names was expected", backtest(file("a.csv", ""), "--time", "time"));
        refused("b.csv: empty; a line of column names was expected", backtest(file("b.csv", "\n\n"), "--time", "time"));
        refused(
                "c.csv: not readable as CSV: Unexpected character after closing quote",
                backtest(file("c.csv", hours("time,site,load\n", "@,\"a,#\n")), "--time", "time"));
    }

    /** It would swallow all lines after it. */
    @Test
    void aQuoteThatIsNotClosedIsNamedByItsLine() throws IOException {
        var lines = hours("time,site,load\n", "@,a,#\n");
        var csv = file("a.csv", lines.replace("06:00:00Z,a", "06:00:00Z,\"a"));
        refused(
                "a.csv:8: the quote opened in line 8 is not closed",
                backtest(csv, "--time", "time", "--entity", "site"));
        var last = file("b.csv", hours("time,site,load\n", "@,a,#\n") + "2001-03-03T00:00:00Z,a,\"7");
        refused("b.csv:32: the quote opened in line 32", backtest(last, "--time", "time", "--entity", "site"));
        read(file("c.csv", hours("time,site,load\n", "@,\"a\nb\",#\n")), "--time", "time", "--entity", "site");
    }

    @Test
    void timesWithoutAnOffsetBesideAZoneAreSaidToBeUtc() throws IOException {
        var hint = "times without an offset, such as 2001-03-01T00:00:00, are read as UTC";
        var local = hours("time,zone,load\n", "@,America/New_York,#\n").replace("00Z", "00");
        assertTrue(
                read(file("a.csv", local), "--time", "time", "--zone", "zone").contains("a.csv: " + hint));
        assertFalse(read(file("a.csv", local), "--time", "time").contains("offset"));
        for (var offset : List.of("Z", "-05:00")) {
            var sound = hours("time,zone,load\n", "@,America/New_York,#\n").replace("00Z", "00" + offset);
            assertFalse(read(file("b.csv", sound), "--time", "time", "--zone", "zone")
                    .contains("offset"));
        }
    }

    @Test
    void theFirstFileOfAFolderWithTimesWithoutAnOffsetIsNamed() throws IOException {
        Files.createDirectories(folder.resolve("sites"));
        var sound = hours("time,zone,load\n", "@,America/New_York,#\n");
        file("sites/a.csv", sound);
        file("sites/b.csv", sound.replace("00Z", "00"));
        file("sites/c.csv", sound.replace("00Z", "00"));
        var run = backtest(folder.resolve("sites").toString(), "--time", "time", "--zone", "zone");
        assertEquals(0, run.exit(), run::err);
        var hints = run.err().lines().filter(line -> line.contains("offset")).toList();
        assertEquals(1, hints.size(), run::err);
        assertTrue(hints.get(0).contains("b.csv: times without an offset, such as 2001-03-01T00:00:00"), run::err);
    }

    @Test
    void timesBefore1970AreRefusedWithAWayOut() throws IOException {
        var old = file("old.csv", "time,load\n1969-12-31T23:00:00Z,1\n1970-01-01T00:00:00Z,2\n");
        refused(
                "old.csv:2: '1969-12-31T23:00:00Z' is before 1970, where times begin: leave --time out to number each"
                        + " entity's rows instead",
                backtest(old, "--time", "time"));
        assertEquals(0, backtest(old).exit(), "without --time");
        var below = file("below.csv", "time,load\n-1,1\n0,2\n");
        refused(
                "below.csv:2: '-1' is below 0; numbers that count steps begin at 0",
                backtest(below, "--time", "time", "--time-format", "number"));
    }

    @Test
    void anEmptyCellAndOneThatSaysItIsNoneAreToldApart() throws IOException {
        var csv = file("gaps.csv", "time,load\n2001-01-01,1\n2001-01-02,\n2001-01-03,NaN\n2001-01-04,4\n");
        var run = backtest(csv, "--time", "time");
        assertEquals(0, run.exit(), run::err);
        assertTrue(run.out().contains("rejected: {MISSING_FIELD=2}"), run::out);
        assertTrue(run.out().contains("gaps.csv:3: load is empty"), run::out);
        assertTrue(run.out().contains("gaps.csv:4: load is NaN, which stands for no value"), run::out);
        var wide = backtest(csv, "--time", "time", "--layout", "wide");
        assertTrue(wide.out().contains("gaps.csv:4: load is NaN, which stands for no value"), wide::out);
    }

    @Test
    void aNameWithAControlCharacterIsNoEntity() throws IOException {
        var csv = file("a.csv", hours("time,site,load\n", "@,a,#\n") + "2001-03-03T00:00:00Z,a\u0000b,7\n");
        var run = backtest(csv, "--time", "time", "--entity", "site");
        assertEquals(0, run.exit(), run::err);
        assertTrue(run.out().startsWith("30 ticks of 1 entities"), run::out);
        assertTrue(run.out().contains("rejected: {BAD_ENTITY=1}"), run::out);
        assertTrue(
                run.out()
                        .contains(
                                "a.csv:32: the entity: a name without control characters was expected, not \"a b\" with"
                                        + " U+0000 in place 2"),
                run::out);
    }

    @Test
    void whatIsWholeIsWrittenWithoutDecimals() throws IOException {
        var text = new StringBuilder("time,a,b,c,d,e\n");
        for (var row = 0; row < 300; row++) {
            var cells = "," + (row == 250 ? 999 : row * 37 % 11);
            text.append(String.format("2001-%02d-%02d", 1 + row / 28, 1 + row % 28))
                    .append(cells.repeat(5))
                    .append('\n');
        }
        var run = backtest(
                file("whole.csv", text.toString()),
                "--time",
                "time",
                "--layout",
                "wide",
                "--season",
                "7",
                "--cost",
                "2");
        assertEquals(0, run.exit(), run::err);
        assertTrue(run.out().lines().anyMatch(line -> line.matches("seasonal-7 +[0-5] +5 .*")), run::out);
        assertTrue(run.out().contains("RANGE  value 999"), run::out);
        assertTrue(run.out().contains("trades at a cost of 2 each"), run::out);
        var trades = run.out().substring(run.out().indexOf("\ntrades  "));
        assertTrue(trades.lines().skip(2).findFirst().orElseThrow().matches("last-value( +[0-9,]+)+"), trades);
    }
}
