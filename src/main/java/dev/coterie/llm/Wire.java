package dev.coterie.llm;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The connection to the endpoint: sends one request to an allowed origin and gives the body's bytes
 * under limits. Redirects are never followed. Thread-safe.
 */
final class Wire {
    private static final Set<String> NOT_OURS =
            Set.of("connection", "content-length", "expect", "host", "upgrade");

    private final HttpClient client;
    private final Set<String> origins;

    /** The head of an answer and its body. */
    record Reply(int status, Map<String, List<String>> headers, BodyStream body) {
        Optional<String> header(String name) {
            return headers.entrySet().stream()
                    .filter(e -> e.getKey().equalsIgnoreCase(name))
                    .flatMap(e -> e.getValue().stream())
                    .findFirst();
        }

        /** The media type without parameters, in small letters; empty if there is none. */
        String mediaType() {
            String type = header("content-type").orElse("");
            return type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param origins addresses whose scheme, host and port requests may go to
     */
    Wire(List<String> origins, Duration connect) {
        this.origins = new HashSet<>();
        for (String origin : origins) this.origins.add(origin(URI.create(origin)));
        this.client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(connect)
                        .build();
    }

    /** Scheme, host and port as one text. */
    static String origin(URI address) {
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        int port = address.getPort() >= 0 ? address.getPort() : scheme.equals("https") ? 443 : 80;
        String host = String.valueOf(address.getHost()).toLowerCase(Locale.ROOT);
        return scheme + "://" + host + ":" + port;
    }

    /**
     * @param body null for GET
     * @throws FaultException if no head of an answer came
     */
    Reply send(Try call, URI address, Map<String, List<String>> headers, String body) {
        boolean web = Set.of("http", "https").contains(String.valueOf(address.getScheme()));
        if (!web || address.getUserInfo() != null || !origins.contains(origin(address))) {
            throw FaultException.of(Fault.ADDRESS_NOT_ALLOWED);
        }
        call.check();
        long started = System.nanoTime();
        var request =
                HttpRequest.newBuilder(address)
                        .method(
                                body == null ? "GET" : "POST",
                                body == null
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(
                (name, values) -> {
                    if (NOT_OURS.contains(name.toLowerCase(Locale.ROOT))) return;
                    for (String value : values) request.header(name, value);
                });
        var future = client.sendAsync(request.build(), head -> new BodyStream(call, started));
        HttpResponse<BodyStream> response = await(call, future, started);
        return new Reply(response.statusCode(), response.headers().map(), response.body());
    }

    private static HttpResponse<BodyStream> await(
            Try call, CompletableFuture<HttpResponse<BodyStream>> future, long started) {
        try {
            while (true) {
                call.check();
                long waited = System.nanoTime() - started;
                // Connecting has its own limit inside the client, so both may pass here.
                long most = call.limits().firstByte().toNanos();
                if (waited > most) throw FaultException.of(Fault.NO_ANSWER);
                try {
                    return future.get(Math.min(50_000_000L, most), TimeUnit.NANOSECONDS);
                } catch (TimeoutException goOn) {
                    continue;
                }
            }
        } catch (ExecutionException e) {
            throw Refusals.ofConnection(e.getCause());
        } catch (InterruptedException e) {
            future.cancel(true);
            Thread.currentThread().interrupt();
            throw Try.stopped();
        } catch (RuntimeException e) {
            future.cancel(true);
            throw e;
        }
    }

    /** The fault of a body that broke while it was read. */
    static FaultException broken(boolean begun, IOException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return new FaultException(begun ? Fault.CUT : Fault.BROKEN, cause);
    }
}
