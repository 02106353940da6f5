package dev.gatecast.server;

import dev.gatecast.event.Alert;
import dev.gatecast.event.Rejection;
import io.javalin.http.Context;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/** {@code /metrics}: the board's figures, the JVM's and Kafka's for Prometheus. */
final class Metrics implements AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final MultiGauge activeModel;
    private final MultiGauge coverage;
    private final MultiGauge errors;
    private final Accuracy accuracy;
    private final Status status;

    Metrics(Board board, Status status, EventHub hub, List<MeterBinder> binders) {
        this.status = status;
        this.accuracy = board.accuracy();
        this.coverage = MultiGauge.builder("gatecast.coverage")
                .description("share of values within the band, by group of horizons, last 28 days of event time")
                .register(registry);
        this.errors = MultiGauge.builder("gatecast.mae")
                .description("mean absolute error of the median, by group of horizons, last 28 days of event time")
                .register(registry);
        this.activeModel = MultiGauge.builder("gatecast.model.active")
                .description("1 for the model in use")
                .register(registry);
        counters(board.counts());
        gauges(board, hub);
        collections.bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        binders.forEach(binder -> binder.bindTo(registry));
    }

    void serve(Context ctx) {
        activeModel.register(
                status.inUse().stream()
                        .map(card -> MultiGauge.Row.of(
                                Tags.of("model", card.model(), "sequence", Long.toString(card.sequence())), 1))
                        .toList(),
                true);
        measureAccuracy();
        ctx.contentType("text/plain; version=0.0.4; charset=utf-8").result(registry.scrape());
    }

    private void measureAccuracy() {
        var shares = new ArrayList<MultiGauge.Row<?>>();
        var means = new ArrayList<MultiGauge.Row<?>>();
        var groups = accuracy.recent();
        for (var group : groups) {
            means.add(MultiGauge.Row.of(Tags.of("horizon", group.horizons()), group.mae()));
            for (int b = 0; b < Pending.Bands.SHARES.length; b++) {
                var tags = Tags.of("horizon", group.horizons(), "band", Double.toString(Pending.Bands.SHARES[b]));
                shares.add(MultiGauge.Row.of(tags, group.shares().get(b)));
            }
        }
        coverage.register(shares, true);
        errors.register(means, true);
    }

    private void counters(Counts counts) {
        count("gatecast.ticks", "ticks that advanced an entity", counts.ticks, Tags.empty());
        count("gatecast.forecasts", "forecasts made", counts.forecasts, Tags.empty());
        count("gatecast.clients.dropped", "event feeds dropped as too slow", counts.droppedClients, Tags.empty());
        for (var channel : Alert.Channel.values()) {
            var tags = Tags.of("channel", channel.name().toLowerCase(Locale.ROOT));
            count("gatecast.alerts", "alerts opened", counts.alerts(channel), tags);
        }
        for (var why : Rejection.values()) {
            var tags = Tags.of("reason", why.name().toLowerCase(Locale.ROOT));
            count("gatecast.rejected", "records that did not advance an entity", counts.rejected(why), tags);
        }
    }

    private void count(String name, String text, LongAdder adder, Tags tags) {
        FunctionCounter.builder(name, adder, LongAdder::sum)
                .description(text)
                .tags(tags)
                .register(registry);
    }

    private void gauges(Board board, EventHub hub) {
        for (double share : new double[] {0.5, 0.9, 0.99}) {
            Gauge.builder("gatecast.latency", board.latencies(), latency -> latency.recent(share))
                    .description("time from a tick's arrival to its forecast, last minute")
                    .baseUnit("seconds")
                    .tag("quantile", Double.toString(share))
                    .register(registry);
        }
        Gauge.builder("gatecast.entities.kept", board, b -> b.tracks().size())
                .description("entities whose recent past is in memory for the dashboard")
                .register(registry);
        Gauge.builder("gatecast.clients", hub, EventHub::size)
                .description("event feeds open")
                .register(registry);
        Gauge.builder("gatecast.models.refused", status, Status::refused)
                .description("activations without effect, since their models do not go with the ticks")
                .register(registry);
        Gauge.builder("gatecast.ready", status, s -> s.isReady() ? 1 : 0)
                .description("1 when running, restored and a model is active")
                .register(registry);
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
