/** Ticks of the past to a model: windows, descent, the gate against the champion, publishing. */
@NullMarked
package dev.gatecast.trainer;

import org.jspecify.annotations.NullMarked;
