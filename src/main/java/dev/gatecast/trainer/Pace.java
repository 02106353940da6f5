package dev.gatecast.trainer;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** How far a training is, in iterations and, where its time is limited, in time; and who is told. */
final class Pace {
    private final InstantSource clock;
    private final Optional<Duration> limit;
    private final Instant began;
    private final int networks;
    private final Progress.Listener listener;
    private int network = 1;

    /** @param limit of all networks together */
    Pace(InstantSource clock, Optional<Duration> limit, int networks, Progress.Listener listener) {
        this.clock = clock;
        this.limit = limit;
        this.networks = networks;
        this.listener = listener;
        this.began = limit.isPresent() ? clock.instant() : Instant.EPOCH;
    }

    /** From now on it is about this network, from 1. */
    void network(int number) {
        network = number;
    }

    /** Whether this network's time is over. */
    boolean over() {
        return limit.isPresent() && timeShare(limit.get()) >= 1;
    }

    /** The larger one of the share of iterations that are done and the share of this network's time that is over. */
    double share(double ofIterations) {
        return limit.isEmpty() ? ofIterations : Math.max(ofIterations, Math.min(1, timeShare(limit.get())));
    }

    /** Lets the listener end it. */
    void before() {
        listener.before();
    }

    void report(int iteration, int iterations, double loss, double selection) {
        listener.at(new Progress(network, networks, iteration, iterations, loss, selection));
    }

    private double timeShare(Duration all) {
        double gone = Duration.between(began, clock.instant()).toNanos();
        return gone / all.toNanos() * networks - (network - 1);
    }
}
