package dev.gatecast.app;

import dev.gatecast.event.Alert;
import dev.gatecast.event.Forecast;
import dev.gatecast.event.Rejection;
import dev.gatecast.event.Tick;
import dev.gatecast.server.Board;
import dev.gatecast.server.HttpServer;
import dev.gatecast.server.HttpSettings;
import dev.gatecast.topology.ForecastListener;
import dev.gatecast.topology.GatecastStreams;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.net.URI;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The topology and its HTTP port, running. */
final class Serving implements AutoCloseable {
    private final GatecastStreams streams;
    private final HttpServer server;
    private final Board board;

    /**
     * Starts both.
     *
     * @param more sees what the dashboard sees
     * @param onFailure called once when the topology has failed for good
     * @throws UserError if the topics are not as they have to be, one line each
     */
    Serving(GatecastConfig config, ForecastListener more, Consumer<String> onFailure) {
        DataDirectory.of(config).claim();
        var cluster = Cluster.of(config);
        var formats = ForecastSettings.formats(config);
        int partitions = verifiedPartitions(cluster);
        var settings = http(config);
        board = new Board(settings.entities());
        streams = new GatecastStreams(
                ForecastSettings.topology(config, cluster),
                formats,
                cluster.clients(),
                partitions,
                new ToBoth(board, more),
                onFailure);
        var view = new TopologyView(streams);
        try {
            server = new HttpServer(settings, board, view, List.of(new KafkaStreamsMetrics(streams.kafkaStreams())));
            streams.start();
        } catch (RuntimeException e) {
            streams.close();
            throw e;
        }
    }

    /** Where the HTTP port is to be. */
    static HttpSettings http(GatecastConfig config) {
        return HttpSettings.loopback(
                        config.whole("http.port"),
                        TickSettings.fields(config).targets().get(0))
                .on(config.text("http.host"));
    }

    private static int verifiedPartitions(Cluster cluster) {
        try (var admin = cluster.admin()) {
            var problems = admin.verify();
            if (!problems.isEmpty()) {
                throw new UserError(problems);
            }
            return admin.partitions(cluster.topics().names().ticks()).orElseThrow();
        }
    }

    /** The topology. */
    GatecastStreams streams() {
        return streams;
    }

    /** What has come by. */
    Board board() {
        return board;
    }

    /** Where the dashboard is. */
    URI address() {
        return server.address();
    }

    /** Waits until the topology has stopped. */
    void awaitStop() throws InterruptedException {
        streams.awaitStop();
    }

    @Override
    public void close() {
        server.close();
        streams.close();
    }

    /** Tells the board and one more listener. */
    private record ToBoth(Board board, ForecastListener more) implements ForecastListener {
        @Override
        public void advanced(Tick tick, @Nullable Forecast forecast, @Nullable Alert alert, long nanos) {
            board.advanced(tick, forecast, alert, nanos);
            more.advanced(tick, forecast, alert, nanos);
        }

        @Override
        public void rejected(Rejection reason) {
            board.rejected(reason);
            more.rejected(reason);
        }
    }
}
