/** Replays ticks through the forecaster, judges its forecasts beside simpler ones, and reports. */
@NullMarked
package dev.gatecast.backtest;

import org.jspecify.annotations.NullMarked;
