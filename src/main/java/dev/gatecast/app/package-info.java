/** Commands, configuration and {@code main}: the only package that reads the environment and the wall clock. */
@NullMarked
package dev.gatecast.app;

import org.jspecify.annotations.NullMarked;
