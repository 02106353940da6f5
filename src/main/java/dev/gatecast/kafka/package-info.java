/** Typed topics, clients with bounded timeouts, and the model registry on its topics. */
@NullMarked
package dev.gatecast.kafka;

import org.jspecify.annotations.NullMarked;
