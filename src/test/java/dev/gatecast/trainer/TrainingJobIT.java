package dev.gatecast.trainer;

import static dev.gatecast.trainer.Histories.HOUR;
import static dev.gatecast.trainer.Histories.START;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.broker.LocalBroker;
import dev.gatecast.codec.TickCodec;
import dev.gatecast.codec.TickFormat;
import dev.gatecast.event.Tick;
import dev.gatecast.kafka.Clients;
import dev.gatecast.kafka.KafkaProblem;
import dev.gatecast.kafka.ModelRegistry;
import dev.gatecast.kafka.TopicAdmin;
import dev.gatecast.kafka.TopicNames;
import dev.gatecast.kafka.Topics;
import dev.gatecast.source.Cut;
import dev.gatecast.source.Fields;
import dev.gatecast.source.History;
import dev.gatecast.source.TopicRange.Times;
import dev.gatecast.trainer.TrainerSettings.Sizes;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class TrainingJobIT {
    private static final int ROWS = 600;
    private static final List<String> VALUE = List.of("value");
    private static final TickCodec CODEC = new TickCodec(TickFormat.of(TickFormat.Kind.JSON, VALUE));

    @SuppressWarnings("NullAway.Init")
    private static LocalBroker broker;

    @BeforeAll
    static void startBroker() {
        broker = LocalBroker.startTemporary(0);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    private static Clients clients() {
        return Clients.of(broker.bootstrapServers());
    }

    private static Topics topics(String prefix) {
        var topics = new Topics(TopicNames.DEFAULT.prefixed(prefix));
        try (var admin = new TopicAdmin(clients(), topics)) {
            admin.create(2, (short) 1);
        }
        return topics;
    }

    private static void send(Topics topics, String entity, int first, int rows) {
        var value = Histories.logistic(10, 2, 0.3);
        try (var producer = clients().producer()) {
            for (int row = 0; row < first + rows; row++) {
                var tick = new Tick(entity, START + row * HOUR, new double[] {value.applyAsDouble(row)});
                if (row >= first) {
                    producer.send(new ProducerRecord<>(
                            topics.names().ticks(),
                            entity.equals("a") ? 1 : 0,
                            tick.time(),
                            entity.getBytes(StandardCharsets.UTF_8),
                            CODEC.encode(tick)));
                }
            }
            producer.flush();
        }
    }

    private static TopicFeed feed(Topics topics, Times times) {
        return new TopicFeed(clients(), topics.names().ticks(), times, CODEC, Fields.of(VALUE, List.of()));
    }

    private static TrainingJob job(TickFeed feed, ModelRegistry registry) {
        var trainer = new Trainer(Small.SETTINGS, InstantSource.system(), Progress.Listener.SILENT);
        var settings = new TrainingJob.Settings(2 * HOUR, Long.MAX_VALUE, 24 * HOUR, Map.of("gatecast", "test"));
        return new TrainingJob(feed, History.Limits.DEFAULT, trainer, registry, settings);
    }

    @Test
    void trainsOnTheTopicAndActivatesAheadOfItsNewestTick() {
        var topics = topics("first-");
        send(topics, "a", 0, ROWS);
        send(topics, "b", 0, ROWS - 10);
        try (var registry = new ModelRegistry(clients(), topics)) {
            var outcome = job(feed(topics, Times.ALL), registry).runOnce();
            var activation = outcome.activation().orElseThrow();
            var model = outcome.challenge().challenger();
            assertEquals(START + (ROWS - 1 + 2) * HOUR, activation.effectiveFrom());
            assertEquals(model.id(), activation.modelId());
            assertEquals(model.id(), registry.load(model.id()).orElseThrow().id());
            assertEquals(
                    "0: 0 to " + (ROWS - 10) + ", 1: 0 to " + ROWS,
                    model.lineage().entries().get("offsets"));
        }
    }

    @Test
    void keepsTheChampionWhenTheChallengerIsNoBetter() {
        var topics = topics("kept-");
        send(topics, "a", 0, ROWS);
        try (var registry = new ModelRegistry(clients(), topics)) {
            var first = job(feed(topics, Times.ALL), registry).runOnce();
            var idle = Small.iterations(0);
            var trainer = new Trainer(idle, InstantSource.system(), Progress.Listener.SILENT);
            var settings = new TrainingJob.Settings(HOUR, Long.MAX_VALUE, 24 * HOUR, Map.of());
            var second = new TrainingJob(feed(topics, Times.ALL), History.Limits.DEFAULT, trainer, registry, settings)
                    .runOnce();
            assertFalse(second.challenge().gate().passed());
            assertTrue(second.challenge().gate().reason().contains("the champion is kept"));
            assertTrue(second.activation().isEmpty());
            assertEquals(first.activation(), registry.current());
        }
    }

    @Test
    void refusesAModelThatTheTopicWouldNotTakeBeforeItTrains() {
        var topics = topics("large-");
        send(topics, "a", 0, ROWS);
        var reports = new ArrayList<Progress>();
        var sizes = new Sizes(1, 64, 4096, 24, 16, 48);
        var trainer = new Trainer(Small.with(sizes), InstantSource.system(), reports::add);
        var settings = new TrainingJob.Settings(HOUR, Long.MAX_VALUE, 24 * HOUR, Map.of());
        try (var registry = new ModelRegistry(clients(), topics)) {
            var job = new TrainingJob(feed(topics, Times.ALL), History.Limits.DEFAULT, trainer, registry, settings);
            var e = assertThrows(KafkaProblem.class, job::runOnce);
            var message = String.valueOf(e.getMessage());
            assertTrue(message.startsWith("The model has up to 3"), message);
            assertTrue(message.contains("(max.message.bytes=16777216)"), message);
            assertTrue(message.contains("train.units"), message);
            assertEquals(List.of(), reports);
            assertEquals(List.of(), registry.models());
        }
    }

    @Test
    void activatesAheadOfTicksThatItDoesNotTrainOn() {
        var topics = topics("ahead-");
        send(topics, "a", 0, ROWS);
        try (var registry = new ModelRegistry(clients(), topics)) {
            var times = new Times(Long.MIN_VALUE, START + 500 * HOUR);
            var outcome =
                    job(feed(topics, times).until(new Cut.AtRow(480)), registry).runOnce();
            var entries = outcome.challenge().challenger().lineage().entries();
            assertTrue(String.valueOf(entries.get("selected until")).compareTo("2001-01-21") < 0);
            assertEquals(
                    START + (ROWS - 1 + 2) * HOUR,
                    outcome.activation().orElseThrow().effectiveFrom());
        }
    }
}
