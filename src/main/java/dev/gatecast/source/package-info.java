/** Where ticks come from outside the topology: CSV files and topics, and the history read from them. */
@NullMarked
package dev.gatecast.source;

import org.jspecify.annotations.NullMarked;
