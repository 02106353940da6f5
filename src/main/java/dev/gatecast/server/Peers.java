package dev.gatecast.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the other instances, each time within a few seconds. */
final class Peers {
    /** Marks a request that has been passed on once, so that it is not passed on again. */
    static final String ROUTED = "Gatecast-Routed";

    private static final Logger LOG = LoggerFactory.getLogger(Peers.class);
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();

    static boolean wasRouted(Context ctx) {
        return ctx.header(ROUTED) != null;
    }

    /** What other instances answer to the same request, at the same time; those that do not answer are left out. */
    List<JsonNode> ask(Context ctx, List<URI> bases) {
        var asked = new ArrayList<CompletableFuture<HttpResponse<byte[]>>>();
        for (var base : bases) {
            asked.add(client.sendAsync(request(ctx, base), HttpResponse.BodyHandlers.ofByteArray()));
        }
        var answers = new ArrayList<JsonNode>();
        for (int i = 0; i < asked.size(); i++) {
            try {
                answers.add(Json.read(asked.get(i).join().body()));
            } catch (CompletionException | IOException e) {
                LOG.warn("instance {} did not answer {}: {}", bases.get(i), ctx.path(), e.toString());
            }
        }
        return answers;
    }

    /** Passes a request on to the instance at {@code base} and its answer back. */
    void forward(Context ctx, URI base) {
        try {
            var answer = client.send(request(ctx, base), HttpResponse.BodyHandlers.ofByteArray());
            ctx.status(answer.statusCode()).contentType("application/json").result(answer.body());
        } catch (IOException e) {
            Routes.fail(ctx, 502, "the instance that holds this entity, " + base + ", did not answer: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            Routes.fail(ctx, 503, "the server is stopping");
        }
    }

    /** Opens the same event feed at the instance at {@code base}. */
    InputStream feed(Context ctx, URI base) throws IOException, InterruptedException {
        var answer = client.send(request(ctx, base), HttpResponse.BodyHandlers.ofInputStream());
        if (answer.statusCode() != 200) {
            answer.body().close();
            throw new IOException("the event feed of " + base + " answered " + answer.statusCode());
        }
        return answer.body();
    }

    private static HttpRequest request(Context ctx, URI base) {
        var query = ctx.queryString();
        var path = ctx.req().getRequestURI() + (query == null ? "" : "?" + query);
        return HttpRequest.newBuilder(base.resolve(path))
                .timeout(ANSWER)
                .header(ROUTED, "1")
                .build();
    }
}
