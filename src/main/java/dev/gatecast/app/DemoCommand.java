package dev.gatecast.app;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "demo",
        description = {
            "Shows everything on real data, with a Kafka broker inside this process: trains on hourly departures of 20 US"
                    + " airports from January to April 2001, streams May and June, and retrains on the way.",
            "Needs no cluster and no configuration."
        })
final class DemoCommand implements Callable<Integer> {
    @Mixin
    private HelpOption help;

    @Option(
            names = "--speed",
            defaultValue = "P1D",
            paramLabel = "DURATION",
            description = "Event time that passes in a second, or max. Default: P1D.")
    private String speed = "P1D";

    @Option(names = "--no-browser", description = "Opens no browser.")
    private boolean noBrowser;

    @Option(names = "--exit-at-end", description = "Ends after the stream with a summary; otherwise waits for Ctrl-C.")
    private boolean exitAtEnd;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Keeps broker and states there; a second start goes on where the first one stopped.")
    private @Nullable Path dataDir;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "One setting. May be repeated.")
    private List<String> assignments = new ArrayList<>();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        LocalMode.require("the demo");
        var settings = ConfigSources.gather(
                null, Map.of(), assignments, GatecastConfig.keys().names());
        PrintWriter out = spec.commandLine().getOut();
        var options = new DemoOptions(Pace.parse(speed), !noBrowser, exitAtEnd, dataDir, settings);
        return new Demo(options, out).run();
    }
}
