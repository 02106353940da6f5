package dev.gatecast.source;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.util.function.Consumer;

/** Turns the records of one file into ticks. */
interface RecordTicks {
    /** Gives the record's ticks in order; none where all are rejected. */
    void read(CsvRecord record, Consumer<SourcedTick> ticks);
}
