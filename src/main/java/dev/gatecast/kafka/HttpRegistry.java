package dev.gatecast.kafka;

import dev.gatecast.codec.SchemaRegistry;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A schema registry over HTTP, Confluent's or one with its interface. A request that fails for the registry's or the
 * network's sake is sent three times in all. Threads may share one.
 */
public final class HttpRegistry implements SchemaRegistry {
    private static final int LARGEST = 1 << 20; // bytes of an answer
    private static final int TRIES = 3;
    private static final long PAUSE = 250; // milliseconds, twice as long each time

    private final HttpClient client;
    private final String address;
    private final Duration timeout;
    private final @Nullable String login;

    /**
     * A registry.
     *
     * @param address {@code http://host:port}, with a path where it has one
     * @param timeout for connecting and for each answer
     * @param login {@code user:password}; null for none
     */
    public HttpRegistry(URI address, Duration timeout, @Nullable String login) {
        this.address = address.toString().replaceAll("/+$", "");
        this.timeout = timeout;
        this.login = login;
        client = HttpClient.newBuilder()
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
    }

    @Override
    public String name() {
        return address;
    }

    /** {@inheritDoc} Throws {@link ReadProblem} when no answer can be had. */
    @Override
    public byte @Nullable [] get(String path) {
        for (var attempt = 1; ; attempt++) {
            try {
                return answer(path, send(path));
            } catch (Later later) {
                if (attempt == TRIES) {
                    throw new ReadProblem(
                            "The schema registry " + address + " gives no answer to " + path + ": "
                                    + later.getMessage()
                                    + "; check ticks.avro.registry and the registry's health",
                            later);
                }
                pause(PAUSE << attempt);
            }
        }
    }

    /** A failure that may pass. */
    private static final class Later extends Exception {
        private static final long serialVersionUID = 1L;

        Later(String message) {
            super(message);
        }
    }

    private byte @Nullable [] answer(String path, HttpResponse<byte[]> response) throws Later {
        var status = response.statusCode();
        if (status == 200) {
            return response.body();
        }
        if (status == 404) {
            return null;
        }
        if (status == 429 || status >= 500) {
            throw new Later("HTTP " + status);
        }
        throw new ReadProblem("The schema registry " + address + " refuses " + path + " with HTTP " + status
                + (status == 401 || status == 403
                        ? "; check ticks.avro.registry.user and ticks.avro.registry.password"
                        : "; check ticks.avro.registry"));
    }

    private HttpResponse<byte[]> send(String path) throws Later {
        var request = HttpRequest.newBuilder(URI.create(address + path))
                .timeout(timeout)
                .header("Accept", "application/vnd.schemaregistry.v1+json, application/json");
        if (login != null) {
            var encoded = Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
            request.header("Authorization", "Basic " + encoded);
        }
        // the request's own timeout ends when the answer begins
        var answer = client.sendAsync(request.build(), HttpRegistry::limited);
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new Later(String.valueOf(e.getCause()));
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new Later("no answer within " + timeout);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ReadProblem("Interrupted while asking the schema registry " + address, e);
        }
    }

    private static HttpResponse.BodySubscriber<byte[]> limited(HttpResponse.ResponseInfo info) {
        var body = new ByteArrayOutputStream();
        var collecting = BodyHandlers.ofByteArrayConsumer(part -> part.ifPresent(bytes -> {
                    if (body.size() + bytes.length > LARGEST) {
                        throw new IllegalStateException("an answer of more than " + LARGEST + " bytes");
                    }
                    body.writeBytes(bytes);
                }))
                .apply(info);
        return HttpResponse.BodySubscribers.mapping(collecting, unused -> body.toByteArray());
    }

    private void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ReadProblem("Interrupted while asking the schema registry " + address, e);
        }
    }
}
