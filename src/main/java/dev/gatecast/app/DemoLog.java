package dev.gatecast.app;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Lines with the seconds since the start before them. Thread-safe. */
record DemoLog(PrintWriter out, long begin) {
    DemoLog(PrintWriter out) {
        this(out, System.nanoTime());
    }

    synchronized void say(String format, Object... arguments) {
        out.printf(Locale.ROOT, "[%3d s] ", TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin));
        out.printf(Locale.ROOT, format + "%n", arguments);
        out.flush();
    }
}
