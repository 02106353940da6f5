/** The Kafka Streams application: ticks in, forecasts and alerts out, exactly once. */
@NullMarked
package dev.gatecast.topology;

import org.jspecify.annotations.NullMarked;
