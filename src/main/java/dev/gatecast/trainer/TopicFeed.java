package dev.gatecast.trainer;

import dev.gatecast.codec.TickCodec;
import dev.gatecast.forecast.StreamClock;
import dev.gatecast.kafka.Clients;
import dev.gatecast.source.Cut;
import dev.gatecast.source.Fields;
import dev.gatecast.source.SourcedTick;
import dev.gatecast.source.TickSource;
import dev.gatecast.source.TopicRange;
import dev.gatecast.source.TopicRange.Part;
import dev.gatecast.source.TopicRange.Times;
import dev.gatecast.source.TopicTicks;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The ticks of a topic. */
public final class TopicFeed implements TickFeed {
    private final Clients clients;
    private final String topic;
    private final Function<TopicRange, TickSource> open;
    private final long from;
    private final @Nullable UnaryOperator<TickSource> bars;
    private final Function<Supplier<TickSource>, Predicate<SourcedTick>> past;
    private TopicRange range;

    /**
     * A feed of the ticks between two times.
     *
     * @param times which ticks to train on
     * @param codec reads the records
     * @param fields the names of the codec's values
     */
    public TopicFeed(Clients clients, String topic, Times times, TickCodec codec, Fields fields) {
        this(
                clients,
                topic,
                times.from(),
                range -> TopicTicks.open(clients, range, codec, fields),
                null,
                new Cut.AtTime(times.to())::past);
    }

    private TopicFeed(
            Clients clients,
            String topic,
            long from,
            Function<TopicRange, TickSource> open,
            @Nullable UnaryOperator<TickSource> bars,
            Function<Supplier<TickSource>, Predicate<SourcedTick>> past) {
        this.clients = clients;
        this.topic = topic;
        this.from = from;
        this.open = open;
        this.bars = bars;
        this.past = past;
        this.range = new TopicRange(topic, List.of(), new Times(from, Long.MAX_VALUE));
    }

    /** The same, trained only on the ticks before a cut. */
    public TopicFeed until(Cut cut) {
        return new TopicFeed(
                clients, topic, from, open, bars, source -> past.apply(source).and(cut.past(source)));
    }

    /** The same, trained on the bars that {@code maker} makes of the ticks that are not too far ahead. */
    public TopicFeed inBars(UnaryOperator<TickSource> maker) {
        return new TopicFeed(clients, topic, from, open, maker, past);
    }

    @Override
    public TickSource history() {
        range = TopicRange.now(clients, topic, new Times(from, Long.MAX_VALUE));
        return opened();
    }

    private TickSource opened() {
        var ticks = open.apply(range);
        return bars == null ? ticks : bars.apply(ticks);
    }

    /** Bars are of ticks that were admitted before. */
    @Override
    public TickSource admitted(TickSource history, StreamClock<SourcedTick> clock) {
        return bars == null ? TickFeed.super.admitted(history, clock) : new Followed(history, clock);
    }

    @Override
    public Predicate<SourcedTick> wanted() {
        return past.apply(this::opened);
    }

    @Override
    public TickSource since() {
        var read = range.parts().stream().collect(Collectors.toMap(Part::partition, Part::end));
        var now = TopicRange.now(clients, topic, range.times());
        var later = now.parts().stream().map(part -> after(part, read)).toList();
        return open.apply(new TopicRange(topic, later, range.times()));
    }

    private static Part after(Part part, Map<Integer, Long> read) {
        long start = Math.max(part.start(), read.getOrDefault(part.partition(), 0L));
        return new Part(part.partition(), start, Math.max(start, part.end()));
    }

    @Override
    public Map<String, String> origin() {
        var origin = new TreeMap<String, String>();
        origin.put("topic", topic);
        origin.put(
                "offsets",
                range.parts().stream()
                        .map(part -> part.partition() + ": " + part.start() + " to " + part.end())
                        .collect(Collectors.joining(", ")));
        return origin;
    }
}
