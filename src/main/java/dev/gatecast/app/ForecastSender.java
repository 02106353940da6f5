package dev.gatecast.app;

import dev.gatecast.codec.ForecastCodec;
import dev.gatecast.event.Forecast;
import dev.gatecast.kafka.KafkaProblem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Writes the forecasts of a backtest to a topic, as the live topology writes its own. Not thread-safe. */
final class ForecastSender implements Consumer<Forecast>, AutoCloseable {
    private final String topic;
    private final ForecastCodec codec;
    private final Producer<byte[], byte[]> producer;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private long sent;

    private ForecastSender(String topic, ForecastCodec codec, Producer<byte[], byte[]> producer) {
        this.topic = topic;
        this.codec = codec;
        this.producer = producer;
    }

    /**
     * Creates the topic where it is missing.
     *
     * @throws UserError if it is one of those that the live topology reads or writes
     */
    static ForecastSender to(String topic, GatecastConfig config) {
        var cluster = Cluster.of(config);
        var names = cluster.topics().names();
        var live = List.of(
                names.ticks(),
                names.forecasts(),
                names.alerts(),
                names.deadLetters(),
                names.models(),
                names.activations());
        if (live.contains(topic)) {
            throw new UserError(
                    "--to-topic=" + topic + ": this is a topic of the live topology, whose readers would take"
                            + " forecasts of the past for new ones; name another");
        }
        try (var admin = cluster.admin()) {
            admin.createForForecasts(topic, (short) config.whole("topics.replication"));
        }
        var codec = new ForecastCodec(TickSettings.output(config));
        return new ForecastSender(topic, codec, cluster.clients().producer());
    }

    /** Sends one on. */
    @Override
    public void accept(Forecast forecast) {
        check();
        var key = forecast.entity().getBytes(StandardCharsets.UTF_8);
        var record = new ProducerRecord<>(topic, null, forecast.madeAt(), key, codec.encode(forecast));
        producer.send(record, (stored, error) -> failure.compareAndSet(null, error));
        sent++;
    }

    /** Waits until all are stored; says how many. */
    long finish() {
        producer.flush();
        check();
        return sent;
    }

    private void check() {
        var error = failure.get();
        if (error != null) {
            throw new KafkaProblem(
                    "Kafka did not take a forecast on topic '" + topic + "': " + error.getMessage(), error);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
