/** The immutable things that cross a topic. */
@NullMarked
package dev.gatecast.event;

import org.jspecify.annotations.NullMarked;
