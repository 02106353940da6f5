package dev.gatecast.app;

import com.sun.management.OperatingSystemMXBean;
import dev.gatecast.trainer.Progress;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a training costs, from its making on: processor time of the process, network by network and in all, and the time
 * that passed. The first network's has reading and the linear start in it, all of it the gate. Processor time is what a core needs that does nothing else.
 */
final class TrainTime {
    private final long began = System.nanoTime();
    private final long before = processor();
    private final List<Long> networks = new ArrayList<>(); // nanoseconds of processor time until each one's end

    /** Takes note of a network's end. */
    void at(Progress progress) {
        if (progress.iteration() == progress.iterations() && progress.network() > networks.size()) {
            networks.add(processor() - before);
        }
    }

    /** One line. */
    String text() {
        var each = new ArrayList<Long>();
        long last = 0;
        for (long end : networks) {
            each.add(end - last);
            last = end;
        }
        return String.format(
                Locale.ROOT,
                "training took %s s of processor time, by network %s; %s s passed",
                seconds(processor() - before),
                each.stream().map(TrainTime::seconds).collect(Collectors.joining(", ")),
                seconds(System.nanoTime() - began));
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.0f", nanos / 1e9);
    }

    /** Processor time that the process has taken, nanoseconds. */
    static long processor() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }
}
