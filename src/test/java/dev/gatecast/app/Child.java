package dev.gatecast.app;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The program in a process of its own, as a user starts it: its output is read, signals are sent to it. */
final class Child implements AutoCloseable {
    private static final long LOOK_MILLIS = 50;
    private static final int SIGINT = 2;

    private final Process process;
    private final List<String> lines = new ArrayList<>();
    private final Thread reader = new Thread(this::read, "output of the child");

    private Child(Process process) {
        this.process = process;
        reader.setDaemon(true);
        reader.start();
    }

    /** A command with this process's own class path. */
    static Child start(String... command) throws IOException {
        return startWith(System.getProperty("java.class.path"), command);
    }

    /** A command with another class path. */
    static Child startWith(String classPath, String... command) throws IOException {
        return start(classPath, List.of(), command);
    }

    /** A command with this process's own class path in a heap of so many megabytes. */
    static Child startIn(int megabytes, String... command) throws IOException {
        return start(System.getProperty("java.class.path"), List.of("-Xmx" + megabytes + "m"), command);
    }

    private static Child start(String classPath, List<String> options, String... command) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var all = new ArrayList<>(List.of(java, "-XX:+UseSerialGC"));
        all.addAll(options);
        all.addAll(List.of("-cp", classPath, "dev.gatecast.app.Main"));
        all.addAll(List.of(command));
        return new Child(new ProcessBuilder(all).redirectErrorStream(true).start());
    }

    /** This process's class path without the jars whose file names begin so. */
    static String classPathWithout(String... jars) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> Arrays.stream(jars)
                        .noneMatch(
                                jar -> Path.of(entry).getFileName().toString().startsWith(jar + "-")))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private void read() {
        try (var in = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                synchronized (lines) {
                    lines.add(line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it has printed, on both outputs. */
    String output() {
        synchronized (lines) {
            return String.join("\n", lines);
        }
    }

    /** Waits until a line has the text so many times; fails when the process ends before, or the time is over. */
    void awaitLine(String text, int times, long seconds) throws InterruptedException {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (count(text) < times) {
            assertTrue(process.isAlive() || count(text) >= times, () -> "ended before '" + text + "':\n" + output());
            assertTrue(System.nanoTime() < deadline, () -> "no '" + text + "' within " + seconds + " s:\n" + output());
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    /** How many lines have the text. */
    long count(String text) {
        return output().lines().filter(line -> line.contains(text)).count();
    }

    /** What Ctrl-C sends; {@code TERM} where this process was started, as in the background, to ignore that, and so would a child. */
    static String interrupt() throws IOException {
        var status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return "INT";
        }
        var ignored = Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .mapToLong(line -> Long.parseUnsignedLong(
                        line.substring("SigIgn:".length()).strip(), 16))
                .sum();
        return (ignored & 1L << SIGINT - 1) == 0 ? "INT" : "TERM";
    }

    /** Sends a signal, {@code TERM}, {@code INT} or {@code KILL}. */
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .start()
                .waitFor();
    }

    /** The exit code, all output read. */
    int waitFor(long seconds) throws InterruptedException {
        assertTrue(
                process.waitFor(seconds, TimeUnit.SECONDS), () -> "still runs after " + seconds + " s:\n" + output());
        reader.join();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
