package dev.gatecast.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * PyTorch's times on one thread, by the generator of the golden vectors ({@code --time}), where it and PyTorch are on this
 * machine: {@code -Dgatecast.torch=FILE}, by default {@code ../shared/tools/make_gru_vectors.py}.
 */
final class TorchTimes {
    private static final Pattern TRAINING =
            Pattern.compile("train in 8 hidden +(\\d+) batch 64 seq 64 .* median ([0-9.]+) ms, best ([0-9.]+) ms");

    private TorchTimes() {}

    /**
     * Median and best of a training step, in µs.
     *
     * @param median of its calls
     * @param best of its calls
     */
    record Time(double median, double best) {}

    /** By hidden size; empty where there is no PyTorch. */
    static Map<Integer, Time> training() {
        var script = Path.of(System.getProperty("gatecast.torch", "../shared/tools/make_gru_vectors.py"));
        var times = new TreeMap<Integer, Time>();
        if (!Files.isReadable(script)) {
            return times;
        }
        var command = new ProcessBuilder("/usr/bin/python3", script.toString(), "unused", "--time");
        command.environment().put("OPENBLAS_NUM_THREADS", "1");
        try {
            var process = command.start();
            try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
                lines.lines().map(TRAINING::matcher).filter(line -> line.find()).forEach(line -> {
                    var time = new Time(
                            1000 * Double.parseDouble(line.group(2)), 1000 * Double.parseDouble(line.group(3)));
                    times.put(Integer.valueOf(line.group(1)), time);
                });
            }
            process.waitFor();
        } catch (IOException e) {
            System.out.println("PyTorch was not measured: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return times;
    }
}
