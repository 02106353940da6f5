package dev.gatecast.trainer;

import dev.gatecast.codec.TickCodec;
import dev.gatecast.kafka.Clients;
import dev.gatecast.source.Fields;
import dev.gatecast.source.TickSource;
import dev.gatecast.source.TopicRange;
import dev.gatecast.source.TopicRange.Part;
import dev.gatecast.source.TopicRange.Times;
import dev.gatecast.source.TopicTicks;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The ticks of a topic. */
public final class TopicFeed implements TickFeed {
    private final Clients clients;
    private final String topic;
    private final Times times;
    private final TickCodec codec;
    private final Fields fields;
    private TopicRange range;

    /**
     * A feed.
     *
     * @param times which ticks to train on
     * @param codec reads the records
     * @param fields the names of the codec's values
     */
    public TopicFeed(Clients clients, String topic, Times times, TickCodec codec, Fields fields) {
        this.clients = clients;
        this.topic = topic;
        this.times = times;
        this.codec = codec;
        this.fields = fields;
        this.range = new TopicRange(topic, List.of(), times);
    }

    @Override
    public TickSource history() {
        range = TopicRange.now(clients, topic, times);
        return TopicTicks.open(clients, range, codec, fields);
    }

    @Override
    public TickSource since() {
        var read = range.parts().stream().collect(Collectors.toMap(Part::partition, Part::end));
        var now = TopicRange.now(clients, topic, Times.ALL);
        var later = now.parts().stream().map(part -> after(part, read)).toList();
        return TopicTicks.open(clients, new TopicRange(topic, later, Times.ALL), codec, fields);
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
