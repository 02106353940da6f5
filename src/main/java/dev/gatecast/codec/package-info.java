/** The bytes of all that crosses a topic, and of the state; each layout is known to one class. */
@NullMarked
package dev.gatecast.codec;

import org.jspecify.annotations.NullMarked;
