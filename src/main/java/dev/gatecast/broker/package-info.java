/** A real Kafka broker inside this process, for the local mode. The only package that sees server classes. */
@NullMarked
package dev.gatecast.broker;

import org.jspecify.annotations.NullMarked;
