package dev.gatecast.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** The two loopback ports of a local broker: clients connect to the first, the broker to its controller on the second. */
record BrokerPorts(int client, int controller) {
    static final String HOST = "127.0.0.1";

    /** Finds free ports; a client port other than 0 is taken as asked for, and refused when it is in use. */
    static BrokerPorts claim(int wanted) {
        if (wanted < 0 || wanted > 65_535) {
            throw new BrokerException("The broker's port must be between 0 (any free one) and 65535, not " + wanted);
        }
        try (var client = open(wanted);
                var controller = open(0)) {
            return new BrokerPorts(client.getLocalPort(), controller.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ServerSocket open(int port) throws IOException {
        var socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw new BrokerException(
                    "Port " + port + " on " + HOST + " is in use. Stop what listens there, or choose another port"
                            + " (0 takes any free one)",
                    e);
        }
    }

    String bootstrapServers() {
        return HOST + ":" + client;
    }
}
