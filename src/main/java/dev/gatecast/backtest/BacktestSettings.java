package dev.gatecast.backtest;

import dev.gatecast.forecast.ForecasterSettings;
import dev.gatecast.kafka.KeyPartition;
import dev.gatecast.source.Cut;
import dev.gatecast.source.History;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a user may set of a backtest.
 *
 * @param steps how ticks become steps
 * @param data which ticks count, and as what
 * @param forecaster settings of the forecaster
 * @param output what is written
 * @param threads that share the work; their number changes no result
 */
public record BacktestSettings(Steps steps, Data data, ForecasterSettings forecaster, Output output, int threads) {
    /**
     * Which ticks count, and as what.
     *
     * @param cut where the past ends; null: everything is judged, nothing trained, no linear contender
     * @param history bounds of the past in memory
     * @param future what is done with a topic's ticks that are far ahead
     */
    public record Data(@Nullable Cut cut, History.Limits history, Future future) {
        /** The usual bounds. */
        public static Data of(@Nullable Cut cut) {
            return new Data(cut, History.Limits.DEFAULT, Future.DEFAULT);
        }
    }

    /**
     * What is done with a topic's ticks that are far ahead, as the live topology does it.
     *
     * @param limit how far ahead of its partition a tick may be before it is held, milliseconds; Long.MAX_VALUE for any
     * @param rekeyed partitions of the topic by entity where a field names the entity; 0 where the key does
     */
    public record Future(long limit, int rekeyed) {
        /** A day, and the key names the entity. */
        public static final Future DEFAULT = new Future(86_400_000L, 0);

        /** The partition that a tick is read from by the processor that forecasts it. */
        int partition(String entity, int readFrom) {
            return rekeyed == 0 ? readFrom : KeyPartition.of(entity, rekeyed);
        }
    }

    /**
     * How ticks become steps.
     *
     * @param horizons steps ahead; 0: as many as the model forecasts, 24 without a model
     * @param seasons season lengths in steps, each a contender; the first also scales errors. Empty: none; null: those of
     *     the model, or as found in what comes before the cut
     * @param cadence milliseconds (rows) from one step to the next; 0: every tick is a step, or what the model says
     */
    public record Steps(int horizons, @Nullable List<Integer> seasons, long cadence) {
        /** Checks and copies. */
        public Steps {
            seasons = seasons == null ? null : List.copyOf(seasons);
            boolean possible = seasons == null || seasons.stream().allMatch(season -> season >= 1);
            if (horizons < 0 || cadence < 0 || !possible) {
                throw new IllegalArgumentException("expected horizon and cadence of at least 0 and seasons of at least"
                        + " 1, got " + horizons + ", " + cadence + ", " + seasons);
            }
        }
    }

    /**
     * What is written.
     *
     * @param folder made where it is absent; null: no files
     * @param files those that are written there beside the reports
     * @param lastOnly only the forecast of each entity's last tick is written
     * @param rowTimes times are row numbers and stay numbers
     * @param cost of a trade, to say what the forecasts would have earned; null: that is not said
     */
    public record Output(
            @Nullable Path folder, Set<OutputFile> files, boolean lastOnly, boolean rowTimes, @Nullable Cost cost) {
        /** Copies; without a folder there are no files. */
        public Output {
            files = folder == null ? Set.of() : Set.copyOf(files);
        }

        /** Whether every forecast goes to some file. */
        boolean keepsAll() {
            return folder != null && !lastOnly;
        }

        /** The usual files. */
        public static Output to(@Nullable Path folder, boolean lastOnly, boolean rowTimes) {
            return new Output(folder, Set.of(OutputFile.FORECASTS, OutputFile.SCORES), lastOnly, rowTimes, null);
        }
    }
}
