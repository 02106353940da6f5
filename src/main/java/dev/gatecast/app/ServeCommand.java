package dev.gatecast.app;

import dev.gatecast.topology.ForecastListener;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "serve",
        description = {
            "Runs the topology, the dashboard, the API and the metrics until it is told to stop.",
            "Ends with exit code 1 when it has failed for good, so that whatever supervises it starts it again."
        })
final class ServeCommand implements Callable<Integer> {
    @Mixin
    private HelpOption help;

    @Mixin
    private ConfigOptions config;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        var failure = new AtomicReference<@Nullable String>();
        var out = spec.commandLine().getOut();
        try (var serving = new Serving(config.read(), ForecastListener.NONE, failure::set)) {
            var hook = new Thread(serving::close, "gatecast-stop");
            Runtime.getRuntime().addShutdownHook(hook);
            out.println("dashboard: " + serving.address());
            serving.awaitStop();
        }
        var reason = failure.get();
        if (reason == null) {
            return ExitCode.OK;
        }
        spec.commandLine().getErr().println("gatecast serve: failed: " + reason);
        return ExitCode.SOFTWARE;
    }
}
