package dev.gatecast.app;

import dev.gatecast.trainer.Progress;

/**
 * Ends a training when the process is to end: only while it computes, never in the middle of what it writes to Kafka.
 *
 * @param stop throws when it is to end
 * @param listener is told of the progress
 */
record StoppableTraining(Runnable stop, Progress.Listener listener) implements Progress.Listener {
    @Override
    public void before() {
        stop.run();
        listener.before();
    }

    @Override
    public void at(Progress progress) {
        listener.at(progress);
    }

    @Override
    public void reads(double share, long ticks) {
        stop.run();
        listener.reads(share, ticks);
    }

    @Override
    public void tries(double share, String trial) {
        stop.run();
        listener.tries(share, trial);
    }

    @Override
    public void begins(int ticks) {
        listener.begins(ticks);
    }
}
