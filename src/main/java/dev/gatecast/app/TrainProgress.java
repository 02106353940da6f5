package dev.gatecast.app;

import dev.gatecast.trainer.Progress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressState;
import org.jspecify.annotations.Nullable;

/**
 * How far a training is, while it reads, tunes and trains: a bar on a terminal, otherwise a line for every tenth. Reading
 * has none where it takes less than a moment.
 */
final class TrainProgress implements Progress.Listener, AutoCloseable {
    private static final int STEPS = 1_000;
    private static final int WIDTH = 16; // characters of the bar
    private static final long MOMENT = 2_000_000_000L; // nanoseconds

    private final PrintWriter out;
    private final TrainTime time = new TrainTime();
    private final boolean terminal = System.console() != null;
    private String task = "";
    private long begin = System.nanoTime();
    private @Nullable ProgressBar bar;
    private int tenths;
    private long ticksOfAnIteration;

    TrainProgress(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void reads(double share, long ticks) {
        if (System.nanoTime() - begin > MOMENT || task.equals("reading")) {
            long since = begin;
            of("reading");
            begin = since;
            show(share, String.format(Locale.ROOT, "%,d ticks", ticks), ticks);
        }
    }

    @Override
    public void tries(double share, String trial) {
        of("tuning");
        if (terminal) {
            show(share, trial, 0);
        } else {
            out.println(trial);
            out.flush();
        }
    }

    @Override
    public void begins(int ticks) {
        ticksOfAnIteration = ticks;
        of("training");
    }

    @Override
    public void at(Progress progress) {
        time.at(progress);
        of("training");
        long iterations = (progress.network() - 1L) * progress.iterations() + progress.iteration();
        var losses = String.format(Locale.ROOT, "loss %.4f, held out %.4f", progress.loss(), progress.selection());
        show(progress.share(), losses, iterations * ticksOfAnIteration);
    }

    /** What the training has cost so far. */
    String cost() {
        return time.text();
    }

    private void of(String next) {
        if (!task.equals(next)) {
            close();
            task = next;
            begin = System.nanoTime();
            tenths = 0;
            bar = terminal ? newBar(next) : null;
        }
    }

    private static ProgressBar newBar(String task) {
        return new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(STEPS)
                .setRenderer(TrainProgress::line)
                .setUpdateIntervalMillis(250)
                .build();
    }

    /** On one line of a terminal: what matters most comes first, the end is cut where the terminal is narrow. */
    private static String line(ProgressState state, int most) {
        int done = (int) Math.round(WIDTH * state.getNormalizedProgress());
        var line = String.format(
                Locale.ROOT,
                "%s [%s%s] %3.0f %% %s",
                state.getTaskName(),
                "#".repeat(done),
                " ".repeat(WIDTH - done),
                100 * state.getNormalizedProgress(),
                state.getExtraMessage());
        return line.length() > most ? line.substring(0, Math.max(0, most)) : line;
    }

    private void show(double share, String figures, long ticks) {
        if (bar != null) {
            bar.stepTo(Math.round(share * STEPS));
            bar.setExtraMessage(pace(share, ticks) + figures);
        } else if ((int) (10 * share) > tenths) {
            tenths = (int) (10 * share);
            out.printf(Locale.ROOT, "%s %d %%: %s%s%n", task, 10 * tenths, pace(share, ticks), figures);
            out.flush();
        }
    }

    private String pace(double share, long ticks) {
        double seconds = (System.nanoTime() - begin) / 1e9;
        var left = share > 0 && share < 1 ? text(seconds / share * (1 - share)) + " left, " : "";
        return left + (ticks > 0 ? String.format(Locale.ROOT, "%,.0f ticks/s, ", ticks / Math.max(1e-3, seconds)) : "");
    }

    private static String text(double seconds) {
        var left = Duration.ofSeconds(Math.round(seconds));
        long minutes = left.toMinutes();
        return minutes == 0
                ? left.toSeconds() + " s"
                : minutes < 60
                        ? minutes + " min " + left.toSecondsPart() + " s"
                        : left.toHours() + " h " + left.toMinutesPart() + " min";
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
