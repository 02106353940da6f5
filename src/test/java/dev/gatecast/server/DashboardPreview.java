package dev.gatecast.server;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Serves the dashboard over a replay of the airports, to look at while it is worked on. */
final class DashboardPreview {
    private DashboardPreview() {}

    /** Arguments: port, hours a second, day to start the stream at, day to stop it. */
    public static void main(String[] args) throws Exception {
        int port = args.length > 0 ? Integer.parseInt(args[0]) : 8080;
        double hoursPerSecond = args.length > 1 ? Double.parseDouble(args[1]) : 24;
        long from = FlightsReplay.time((args.length > 2 ? args[2] : "2001-03-03") + "T00:00:00");
        long to = FlightsReplay.time((args.length > 3 ? args[3] : "2001-07-01") + "T00:00:00");
        var view = new FakeView();
        var board = new Board(2_000);
        var shared = Path.of(System.getProperty("gatecast.shared", "../shared"), "data");
        var replay = new FlightsReplay(board, view, shared);
        view.activate("7c1e9f20".repeat(8), FlightsReplay.time("2001-01-28T00:00:00"), lineage("2.61", "3.05"));
        view.activate("a94d03be".repeat(8), FlightsReplay.time("2001-03-02T12:00:00"), lineage("2.44", "3.01"));
        view.activate("51f7c2d8".repeat(8), FlightsReplay.time("2001-03-25T00:00:00"), lineage("2.38", "2.98"));
        try (var server = new HttpServer(HttpSettings.loopback(port, "departures"), board, view, List.of())) {
            System.out.println(server.address());
            replay.playUntil(from);
            while (replay.hasNext() && replay.nextTime() < to) {
                replay.playUntil(replay.nextTime() + FlightsReplay.HOUR);
                Thread.sleep((long) (1000 / hoursPerSecond));
            }
            Thread.sleep(Long.MAX_VALUE);
        }
    }

    private static Map<String, String> lineage(String mae, String naive) {
        return Map.of(
                "validation.mae", mae, "validation.seasonal-naive.mae", naive, "code.version", "0.1.0", "seed", "7");
    }
}
