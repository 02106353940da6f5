package dev.gatecast.app;

import dev.gatecast.trainer.Progress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** How far a training is: a bar on a terminal, otherwise a line for every tenth. */
final class TrainProgress implements Progress.Listener, AutoCloseable {
    private static final int STEPS = 1_000;

    private final PrintWriter out;
    private final long begin = System.nanoTime();
    private final @Nullable ProgressBar bar;
    private int tenths;

    TrainProgress(PrintWriter out) {
        this.out = out;
        this.bar = System.console() == null ? null : newBar();
    }

    private static ProgressBar newBar() {
        return new ProgressBarBuilder()
                .setTaskName("training")
                .setInitialMax(STEPS)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(250)
                .build();
    }

    @Override
    public void at(Progress progress) {
        if (bar != null) {
            bar.stepTo(Math.round(progress.share() * STEPS));
            bar.setExtraMessage(losses(progress));
        } else if ((int) (10 * progress.share()) > tenths) {
            tenths = (int) (10 * progress.share());
            out.printf(Locale.ROOT, "training %d %%: %s, %s left%n", 10 * tenths, losses(progress), left(progress));
            out.flush();
        }
    }

    private static String losses(Progress progress) {
        return String.format(Locale.ROOT, "loss %.4f, on held-out data %.4f", progress.loss(), progress.selection());
    }

    private Duration left(Progress progress) {
        double done = progress.share();
        double nanos = System.nanoTime() - begin;
        return Duration.ofSeconds(Math.round(nanos / done * (1 - done) / 1e9));
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
