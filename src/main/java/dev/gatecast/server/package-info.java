/** HTTP: the API, the live event feed, metrics, health and the dashboard. */
@NullMarked
package dev.gatecast.server;

import org.jspecify.annotations.NullMarked;
