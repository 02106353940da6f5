package dev.gatecast.app;

import dev.gatecast.backtest.Progress;
import java.io.PrintWriter;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * How far a backtest is, a stage after another: a bar on a terminal, otherwise a line for every quarter. At its end a stage says
 * what it cost: the time that passed, and the processor time of the process, which is what one core needs that does nothing
 * else.
 */
final class BacktestProgress implements Progress, AutoCloseable {
    private static final int STEPS = 1_000;
    private static final int LINES = 4;
    private static final double LEAST_SECONDS = 0.01; // what the clock of processor time can tell

    private final PrintWriter out;
    private final boolean terminal;
    private String stage = "";
    private @Nullable ProgressBar bar;
    private long begin;
    private long processor; // before the stage, nanoseconds
    private int told;

    BacktestProgress(PrintWriter out) {
        this.out = out;
        terminal = System.console() != null;
    }

    @Override
    public void at(String now, double share, long ticks) {
        if (!now.equals(stage)) {
            start(now);
        }
        if (bar != null) {
            bar.stepTo(Math.round(share * STEPS));
        } else if ((int) (LINES * share) > told) {
            told = (int) (LINES * share);
            out.printf(Locale.ROOT, "%s %d %%: %,d ticks%n", stage, 100 * told / LINES, ticks);
            out.flush();
        }
        if (share >= 1) {
            end(ticks);
        }
    }

    private void start(String now) {
        close();
        stage = now;
        told = 0;
        begin = System.nanoTime();
        processor = TrainTime.processor();
        if (terminal) {
            bar = new ProgressBarBuilder()
                    .setTaskName(now)
                    .setInitialMax(STEPS)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(250)
                    .build();
        }
    }

    private void end(long ticks) {
        var seconds = (System.nanoTime() - begin) / 1e9;
        var worked = (TrainTime.processor() - processor) / 1e9;
        close();
        out.printf(
                Locale.ROOT,
                "%s: %,d ticks in %.1f s, %,.0f ticks/s; %.1f s of processor time, %,.0f ticks/s a core%n",
                stage,
                ticks,
                seconds,
                ticks / Math.max(seconds, LEAST_SECONDS),
                worked,
                ticks / Math.max(worked, LEAST_SECONDS));
        out.flush();
        stage = "";
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
