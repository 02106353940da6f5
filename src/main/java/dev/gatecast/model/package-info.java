/**
 * Recurrent cells, the head, weights, activation functions and the arithmetic of training, as pure mathematics on EJML.
 * No bytes, no features, no time: the same numbers on every JDK.
 */
@NullMarked
package dev.gatecast.model;

import org.jspecify.annotations.NullMarked;
