package dev.gatecast.app;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the demo is run.
 *
 * @param pace event time per second of May and June
 * @param browser whether a browser is opened
 * @param exitAtEnd whether the demo ends with the stream
 * @param dataDir where broker and states lie; null: a temporary folder
 * @param settings further settings, which win over the demo's own
 */
record DemoOptions(
        Pace pace, boolean browser, boolean exitAtEnd, @Nullable Path dataDir, Map<String, String> settings) {}
