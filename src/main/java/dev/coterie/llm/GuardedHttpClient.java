package dev.coterie.llm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import dev.langchain4j.http.client.sse.ServerSentEventParsingHandle;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * The library's HTTP client for one try: works in the calling thread, looks at status, content type
 * and every raw event, and hands on only what is whole so far. The library's own parsers are passed
 * by, because they swallow faults.
 */
final class GuardedHttpClient implements HttpClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ERROR_BODY = 16_384;
    private static final Set<String> LINES = Set.of("application/x-ndjson", "application/jsonl");
    private static final Set<String> WHOLE = Set.of("application/json");
    private static final Set<String> STREAM = Set.of("text/event-stream");

    private final Wire wire;
    private final Try call;
    private final boolean ollama;

    GuardedHttpClient(Wire wire, Try call, boolean ollama) {
        this.wire = wire;
        this.call = call;
        this.ollama = ollama;
    }

    /** The builder that the library asks for; it has nothing to decide. */
    HttpClientBuilder builder() {
        return new Ready(this);
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        // Every call of ours is streamed; a library call that is not would slip past the checks.
        throw new IllegalStateException("only streamed calls are made");
    }

    @Override
    public void execute(
            HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        try {
            run(request, listener);
        } catch (RuntimeException e) {
            call.failed(e);
            listener.onError(e);
            return;
        }
        listener.onClose();
    }

    private void run(HttpRequest request, ServerSentEventListener listener) {
        var reply = wire.send(call, URI.create(request.url()), request.headers(), body(request));
        boolean begun = false;
        try (InputStream in = decoded(reply)) {
            if (reply.status() < 200 || reply.status() > 299) {
                throw Refusals.ofStatus(
                        call, reply.status(), reply.header("retry-after"), start(in));
            }
            String type = reply.mediaType();
            boolean lines = LINES.contains(type) || ollama && WHOLE.contains(type);
            boolean whole = !lines && WHOLE.contains(type);
            if (!lines && !whole && !STREAM.contains(type)) {
                throw FaultException.of(Fault.NOT_AN_LLM);
            }
            begun = true;
            listener.onOpen(
                    SuccessfulHttpResponse.builder()
                            .statusCode(reply.status())
                            .headers(reply.headers())
                            .build());
            var events = new EventReader(in, lines, call.limits().bodyBytes());
            if (whole) whole(events, listener);
            else stream(events, listener);
        } catch (IOException e) {
            call.check();
            throw Wire.broken(begun, e);
        } finally {
            reply.body().close();
        }
    }

    private void stream(EventReader events, ServerSentEventListener listener) throws IOException {
        var check = new AnswerCheck(call, ollama);
        try {
            for (var event = events.next(); event.isPresent(); event = events.next()) {
                String data = event.get().data();
                if (data.strip().equals("[DONE]")) break;
                if (event.get().name().equals("error")) {
                    throw Refusals.ofErrorObject(call, Refusals.error(data));
                }
                if (data.isBlank()) continue;
                check.accept(data);
                hand(data, listener);
                call.check();
            }
        } catch (IOException e) {
            // All was said before the connection broke.
            if (!check.finished()) throw e;
        }
        check.atEnd();
    }

    private void whole(EventReader events, ServerSentEventListener listener) throws IOException {
        var check = new AnswerCheck(call, ollama);
        String event = check.asEvent(events.rest());
        check.accept(event);
        check.atEnd();
        hand(event, listener);
    }

    private void hand(String data, ServerSentEventListener listener) {
        listener.onEvent(
                new ServerSentEvent(null, data), new ServerSentEventContext(new Stop(call)));
    }

    private static InputStream decoded(Wire.Reply reply) {
        boolean gzip = reply.header("content-encoding").orElse("").equalsIgnoreCase("gzip");
        if (!gzip) return reply.body();
        // Opened at the first read: its constructor reads, and must do so inside the guards.
        return new InputStream() {
            private InputStream unzipped;

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                if (unzipped == null) unzipped = new GZIPInputStream(reply.body());
                return unzipped.read(bytes, offset, length);
            }
        };
    }

    /** The beginning of an error's body; a broken or endless one counts as empty. */
    private static String start(InputStream in) {
        try {
            return new String(in.readNBytes(ERROR_BODY), java.nio.charset.StandardCharsets.UTF_8);
        } catch (IOException | FaultException e) {
            return "";
        }
    }

    /** The request's JSON without the parameters that the endpoint does not know. */
    private String body(HttpRequest request) {
        if (call.leftOut().isEmpty()) return request.body();
        try {
            if (!(JSON.readTree(request.body()) instanceof ObjectNode body)) return request.body();
            body.remove(call.leftOut());
            if (call.leftOut().contains("tools")) body.remove("tool_choice");
            return body.toString();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the library writes JSON", e);
        }
    }

    private record Stop(Try call) implements ServerSentEventParsingHandle {
        @Override
        public void cancel() {
            call.failed(Try.stopped());
        }

        @Override
        public boolean isCancelled() {
            return call.failure().isPresent();
        }
    }

    private record Ready(HttpClient client) implements HttpClientBuilder {
        @Override
        public Duration connectTimeout() {
            return null;
        }

        @Override
        public HttpClientBuilder connectTimeout(Duration timeout) {
            return this;
        }

        @Override
        public Duration readTimeout() {
            return null;
        }

        @Override
        public HttpClientBuilder readTimeout(Duration timeout) {
            return this;
        }

        @Override
        public HttpClient build() {
            return client;
        }
    }
}
