package dev.gatecast.app;

import dev.gatecast.broker.BrokerJars;

/** The commands that start a broker in this process. */
final class LocalMode {
    private LocalMode() {}

    /**
     * Asks for the broker's libraries before anything of them is used.
     *
     * @param what names the part that needs them
     * @throws UserError where they were left out, with what to do
     */
    static void require(String what) {
        var missing = BrokerJars.missing();
        if (!missing.isEmpty()) {
            throw new UserError(
                    what + " starts a Kafka broker in this process, whose libraries (" + String.join(", ", missing)
                            + ") are not in this distribution, as in the image for production. Run it from a clone, or from a"
                            + " distribution that has the folder lib/broker; on a cluster of your own there are gatecast topics"
                            + " create, replay, train and serve");
        }
    }
}
