package dev.gatecast.source;

import dev.gatecast.event.Tick;

/**
 * A tick and where it came from.
 *
 * @param tick the tick
 * @param row number of its row among the rows of its entity, from 0; rows that could not become a tick count too
 * @param origin the place to look it up
 */
public record SourcedTick(Tick tick, long row, Origin origin) {}
