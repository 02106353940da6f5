package dev.gatecast.source;

/** The place that a tick was read from; its text is for messages. */
public sealed interface Origin {
    /**
     * A line of a file.
     *
     * @param file the file's name as given
     * @param line the line, from 1
     */
    record Line(String file, long line) implements Origin {
        @Override
        public String toString() {
            return file + ":" + line;
        }
    }

    /**
     * A record of a topic.
     *
     * @param topic the topic's name
     * @param partition the partition
     * @param offset the record's offset
     */
    record Offset(String topic, int partition, long offset) implements Origin {
        @Override
        public String toString() {
            return topic + "/" + partition + "/" + offset;
        }
    }
}
