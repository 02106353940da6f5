/** Residual to calibrated interval, surprise and alert decision. */
@NullMarked
package dev.gatecast.score;

import org.jspecify.annotations.NullMarked;
