package dev.gatecast.app;

import dev.gatecast.trainer.Timing.Holidays;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/** Reads which days are holidays. */
final class HolidayFiles {
    private static final String US = "us";
    private static final String OBSERVED = "us-observed";

    private HolidayFiles() {}

    /**
     * The holidays of a list of {@code us}, {@code us-observed} and of files with a date a line; lines that are empty or begin
     * with # are passed over.
     *
     * @throws UserError if a file cannot be read or holds something else
     */
    static Holidays read(List<String> items) {
        var dates = new ArrayList<LocalDate>();
        for (var item : items) {
            if (!item.equals(US) && !item.equals(OBSERVED)) {
                dates.addAll(dates(item));
            }
        }
        return new Holidays(items.contains(US), items.contains(OBSERVED), dates);
    }

    private static List<LocalDate> dates(String file) {
        var dates = new ArrayList<LocalDate>();
        var lines = lines(file);
        for (var number = 0; number < lines.size(); number++) {
            var line = lines.get(number).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                dates.add(date(line, file + ":" + (number + 1)));
            }
        }
        return dates;
    }

    private static List<String> lines(String file) {
        try {
            return Files.readAllLines(Path.of(file));
        } catch (NoSuchFileException e) {
            throw new UserError(
                    "calendar.holidays: us, us-observed or a file with a date a line is expected; there is no file "
                            + file);
        } catch (IOException | UncheckedIOException e) {
            throw new UserError("calendar.holidays: " + file + " cannot be read: " + e.getMessage());
        }
    }

    private static LocalDate date(String line, String where) {
        try {
            return LocalDate.parse(line);
        } catch (DateTimeParseException e) {
            throw new UserError(where + ": a date such as 2026-12-25 is expected, not " + line);
        }
    }
}
