/** The one order in which a tick is settled, scored, learnt from, stepped and forecast. */
@NullMarked
package dev.gatecast.forecast;

import org.jspecify.annotations.NullMarked;
