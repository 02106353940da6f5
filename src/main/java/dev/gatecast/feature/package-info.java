/** From tick to scaled input vector, and from model output back to the entity's units. */
@NullMarked
package dev.gatecast.feature;

import org.jspecify.annotations.NullMarked;
