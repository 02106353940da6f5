package dev.gatecast.kafka;

/**
 * A model on its topic.
 *
 * @param id the model's id
 * @param bytes size of its blob
 * @param publishedAt when it was published, milliseconds since the epoch
 */
public record ModelEntry(String id, int bytes, long publishedAt) {}
