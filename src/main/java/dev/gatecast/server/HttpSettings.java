package dev.gatecast.server;

/**
 * Where the server listens and how much it keeps.
 *
 * @param host address to listen on
 * @param port port to listen on, 0 for any free one
 * @param series what the values are, in the plural, as an alert says it ("departures")
 * @param entities entities whose recent past the board keeps; others are asked of the state store
 * @param clients event feeds open at a time
 * @param queue events that wait for one slow client before it is dropped
 */
public record HttpSettings(String host, int port, String series, int entities, int clients, int queue) {
    public HttpSettings {
        check("http.port", port, 0, 65_535);
        check("entities", entities, 1, 1_000_000);
        check("clients", clients, 1, 1_000);
        check("queue", queue, 16, 1_000_000);
    }

    /** Loopback, with the usual limits. */
    public static HttpSettings loopback(int port, String series) {
        return new HttpSettings("127.0.0.1", port, series, 2_000, 64, 2_048);
    }

    /** The same on another address. */
    public HttpSettings on(String otherHost) {
        return new HttpSettings(otherHost, port, series, entities, clients, queue);
    }

    private static void check(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    name + ": expected a number from " + least + " to " + most + ", got " + value);
        }
    }
}
