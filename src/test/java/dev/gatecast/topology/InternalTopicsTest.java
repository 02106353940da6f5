package dev.gatecast.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.codec.Format;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription.Processor;
import org.apache.kafka.streams.TopologyDescription.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InternalTopicsTest {
    @TempDir
    Path stateDir;

    @Test
    void areThoseOfTheTopologyAndNoMore() {
        var input = new TopologySettings.Input(true, Long.MAX_VALUE, 1, true);
        try (var rig = new Rig(Rig.settings(stateDir, input, 10), Formats.of(Rig.KEYED, Format.AVRO), parts -> parts)) {
            assertEquals(InternalTopics.of("rig"), describedIn(rig.topology, "rig"));
        }
    }

    @Test
    void areOfOneApplicationOnly() {
        assertTrue(Collections.disjoint(InternalTopics.of("app"), InternalTopics.of("app-2")));
    }

    private static Set<String> describedIn(Topology topology, String application) {
        var names = new TreeSet<String>();
        for (var part : topology.describe().subtopologies()) {
            for (var node : part.nodes()) {
                if (node instanceof Processor processor) {
                    processor.stores().forEach(store -> names.add(application + "-" + store + "-changelog"));
                } else if (node instanceof Source source) {
                    source.topicSet().stream()
                            .filter(topic -> topic.endsWith("-repartition"))
                            .forEach(topic -> names.add(application + "-" + topic));
                }
            }
        }
        return names;
    }
}
