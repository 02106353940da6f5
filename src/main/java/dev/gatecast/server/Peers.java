package dev.gatecast.server;

import io.javalin.http.Context;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks the other instances, each time within a few seconds. */
final class Peers {
    /** Marks a request that has been passed on once, so that it is not passed on again. */
    static final String ROUTED = "Gatecast-Routed";

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();

    /** Passes a request on to the instance at {@code base} and its answer back. */
    void forward(Context ctx, URI base) {
        var request = HttpRequest.newBuilder(base.resolve(ctx.req().getRequestURI()))
                .timeout(ANSWER)
                .header(ROUTED, "1")
                .build();
        try {
            var answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            ctx.status(answer.statusCode()).contentType("application/json").result(answer.body());
        } catch (IOException e) {
            Routes.fail(ctx, 502, "the instance that holds this entity, " + base + ", did not answer: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            Routes.fail(ctx, 503, "the server is stopping");
        }
    }
}
