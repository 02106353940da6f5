package dev.gatecast.app;

import dev.gatecast.event.Tick;
import dev.gatecast.source.Fields;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "replay",
        description = {
            "Streams the shipped data into the ticks topic: hourly departures and mean arrival delay of 20 US airports,"
                    + " January to June 2001.",
            "ticks.fields chooses among departures, mean_arrival_delay and late."
        })
final class ReplayCommand implements Runnable {
    @Mixin
    private HelpOption help;

    @Mixin
    private ConfigOptions config;

    @Option(
            names = "--data",
            defaultValue = DemoData.NAME,
            paramLabel = "NAME",
            description = "Which data; there is flights2001.")
    private String data = DemoData.NAME;

    @Option(names = "--from", paramLabel = "TIME", description = "Starts at this event time.")
    private @Nullable String from;

    @Option(names = "--until", paramLabel = "TIME", description = "Ends before this event time.")
    private @Nullable String until;

    @Option(
            names = "--speed",
            defaultValue = "P1D",
            paramLabel = "DURATION",
            description = "Event time that passes in a second, or max. Default: P1D.")
    private String speed = "P1D";

    @Option(
            names = "--resume",
            description =
                    "Leaves out what an earlier replay has left on the topic, by the records' timestamps and keys.")
    private boolean resume;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        var read = config.read();
        var pace = Pace.parse(speed);
        var chosen = chosen(TickSettings.fields(read));
        var cluster = Cluster.of(read);
        requireTopic(cluster);
        var ticks = resume ? missing(chosen, AlreadyThere.on(cluster)) : chosen;
        var out = spec.commandLine().getOut();
        out.printf(
                "%s: %d ticks to topic %s%n",
                data, ticks.size(), cluster.topics().names().ticks());
        try (var stop = new StopSignal("gatecast replay");
                var sender = new TickSender(cluster, TickSettings.writer(read), stop)) {
            out.printf("%d ticks sent%n", sender.send(ticks, pace));
        }
    }

    private List<Tick> chosen(Fields fields) {
        if (!data.equals(DemoData.NAME)) {
            throw new UserError("--data=" + data + ": there is " + DemoData.NAME);
        }
        if (!DemoData.FIELDS.names().containsAll(fields.names())) {
            throw new UserError("ticks.fields: " + data + " has " + String.join(",", DemoData.FIELDS.names())
                    + "; config/demo.properties is a configuration for it");
        }
        var first = from == null ? Long.MIN_VALUE : Times.option("--from", from);
        var end = until == null ? Long.MAX_VALUE : Times.option("--until", until);
        return DemoData.ticks(fields).stream()
                .filter(tick -> tick.time() >= first && tick.time() < end)
                .toList();
    }

    private static List<Tick> missing(List<Tick> ticks, AlreadyThere there) {
        return ticks.stream().filter(tick -> !there.contains(tick)).toList();
    }

    private static void requireTopic(Cluster cluster) {
        var topic = cluster.topics().names().ticks();
        try (var admin = cluster.admin()) {
            if (admin.partitions(topic).isEmpty()) {
                throw new UserError("topic " + topic + " does not exist; create it with: gatecast topics create");
            }
        }
    }
}
