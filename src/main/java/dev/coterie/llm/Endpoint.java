package dev.coterie.llm;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.coterie.config.Config;
import dev.coterie.config.Secret;
import dev.coterie.error.CancelledException;
import dev.coterie.language.Message;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one retry layer: a call is made at most three times within its deadline, waits as the
 * endpoint asks, and ends with a whole answer or a {@link FaultException}. Thread-safe.
 */
final class Endpoint {
    private static final Logger log = LoggerFactory.getLogger(Endpoint.class);

    private final Config.Llm config;
    private final Limits limits;
    private final Wire wire;
    private final Breaker breaker;
    private final AtomicLong numbers;
    private final RetryBudget retries = new RetryBudget();
    private final Semaphore places;
    private final Clock clock;
    private final Consumer<CallRecord> callLog;
    private final boolean ollama;
    private final Set<String> leftOut = ConcurrentHashMap.newKeySet();

    /**
     * @param numbers counts the calls of all endpoints since the start
     */
    Endpoint(
            Config.Llm config,
            Limits limits,
            Clock clock,
            AtomicLong numbers,
            Consumer<CallRecord> callLog) {
        this.numbers = numbers;
        this.config = config;
        this.limits = limits;
        this.clock = clock;
        this.callLog = callLog;
        this.ollama = config.provider().equals("ollama");
        var origins = new ArrayList<>(config.allowedOrigins());
        origins.add(config.baseUrl());
        this.wire = new Wire(origins, limits.connect());
        this.breaker = new Breaker(clock, limits.failuresToOpen(), limits.probeEvery());
        this.places = new Semaphore(Math.max(1, config.concurrency()), true);
    }

    Breaker breaker() {
        return breaker;
    }

    /** A person changed something or asked for a test: nothing from before counts. */
    void release() {
        breaker.release();
        retries.refill();
    }

    /** Request parameters that the endpoint refused and that are left out since. */
    Set<String> leftOut() {
        return leftOut;
    }

    /**
     * @param meter told of the call besides the log
     * @return a whole answer
     * @throws FaultException if there is none
     * @throws CancelledException if the reader stopped or the thread was interrupted
     */
    ChatResponse answer(
            LanguageModel.Purpose purpose,
            ChatRequest request,
            StreamingChatResponseHandler reader,
            Consumer<CallRecord> meter) {
        var run = new Call(purpose, request, reader);
        String outcome = "ok";
        try {
            return run.answer();
        } catch (CancelledException e) {
            outcome = "cancelled";
            throw e;
        } catch (FaultException e) {
            outcome = e.fault().key();
            throw e;
        } finally {
            CallRecord call = run.record(outcome);
            callLog.accept(call);
            meter.accept(call);
        }
    }

    private static void sleep(Duration time, Runnable check) {
        long end = System.nanoTime() + time.toNanos();
        try {
            for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
                check.run();
                TimeUnit.NANOSECONDS.sleep(Math.min(left, 50_000_000L));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Try.stopped();
        }
    }

    /** One call with all its tries. */
    private final class Call {
        final LanguageModel.Purpose purpose;
        final ChatRequest request;
        final StreamingChatResponseHandler reader;
        final BooleanSupplier cancelled;
        final Instant at = clock.instant();
        final long started = System.nanoTime();
        int tries;
        int inputTokens;
        int outputTokens;

        Call(
                LanguageModel.Purpose purpose,
                ChatRequest request,
                StreamingChatResponseHandler reader) {
            this.purpose = purpose;
            this.request = request;
            this.reader = reader;
            this.cancelled = reader instanceof AnswerHandler a ? a::cancelled : () -> false;
        }

        ChatResponse answer() {
            long patience = System.nanoTime() + limits.total(purpose).toNanos();
            takePlace(patience);
            try {
                // Only a call that has a place may take the probe of an open breaker.
                breaker.enter();
                retries.called();
                long deadline = System.nanoTime() + limits.total(purpose).toNanos();
                while (true) {
                    waitWhileQuiet(deadline);
                    var attempt = new Try(limits, deadline, cancelled, Set.copyOf(leftOut));
                    var relay = new Relay(reader, attempt);
                    tries++;
                    try {
                        ChatResponse response = once(attempt, relay);
                        breaker.succeeded();
                        return response;
                    } catch (FaultException e) {
                        retryOrThrow(e, attempt, relay);
                    } catch (CancelledException e) {
                        // Whoever stopped an answer in its midst had heard that the model is there.
                        if (relay.spoke()) breaker.succeeded();
                        throw e;
                    } finally {
                        inputTokens += attempt.inputTokens();
                        outputTokens += attempt.outputTokens();
                    }
                }
            } finally {
                places.release();
            }
        }

        private void takePlace(long patience) {
            try {
                while (!places.tryAcquire(50, TimeUnit.MILLISECONDS)) {
                    if (cancelled.getAsBoolean()) throw Try.stopped();
                    if (System.nanoTime() > patience) throw FaultException.of(Fault.BUSY);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw Try.stopped();
            }
        }

        private void waitWhileQuiet(long deadline) {
            Duration quiet = breaker.quiet();
            if (quiet.isZero()) return;
            long left = deadline - System.nanoTime();
            if (quiet.compareTo(limits.longestWait()) > 0 || quiet.toNanos() >= left) {
                throw new FaultException(Fault.RATE_LIMITED_UNTIL, Optional.of(quiet), null);
            }
            sleep(quiet, new Try(limits, deadline, cancelled, Set.of())::check);
        }

        private ChatResponse once(Try attempt, Relay relay) {
            model(attempt).chat(request, relay);
            if (attempt.failure().isPresent()) throw attempt.failure().get();
            ChatResponse response =
                    relay.response().orElseThrow(() -> FaultException.of(Fault.INVALID_ANSWER));
            AiMessage message = response.aiMessage();
            if (message.text() == null) {
                // Only a chat offers tools; to call one elsewhere is to say nothing.
                if (purpose != LanguageModel.Purpose.CHAT) throw FaultException.of(Fault.EMPTY);
                return response;
            }
            return response.toBuilder().aiMessage(message.withText(whole(message.text()))).build();
        }

        private void retryOrThrow(FaultException e, Try attempt, Relay relay) {
            attempt.unknownParameter().ifPresent(leftOut::add);
            breaker.failed(e);
            e.retryAfter().ifPresent(breaker::keepQuiet);
            boolean again =
                    tries <= Math.min(limits.retries(), e.fault().retries(purpose))
                            && breaker.closedBecause().isEmpty()
                            && (!relay.spoke() || reader instanceof AnswerHandler);
            Duration wait = e.fault() == Fault.UNKNOWN_PARAMETER ? Duration.ZERO : backoff();
            if (e.retryAfter().isPresent()) wait = Duration.ZERO; // all workers keep quiet instead
            Duration room = e.fault() == Fault.NO_ANSWER ? limits.roomForRetry() : Duration.ZERO;
            long needed = wait.plus(room).toNanos();
            if (!again || attempt.nanosLeft() <= needed || !retries.take()) throw named(e);
            log.info("llm: {} fails with {}, trying again", purpose, e.fault());
            if (relay.spoke()) ((AnswerHandler) reader).onRestart(Message.of("llm.incomplete"));
            sleep(wait, attempt::checkDeadline);
        }

        private Duration backoff() {
            long most = limits.backoff().toNanos() << (tries - 1);
            return Duration.ofNanos(ThreadLocalRandom.current().nextLong(most + 1));
        }

        CallRecord record(String outcome) {
            long millis = (System.nanoTime() - started) / 1_000_000;
            log.info("llm: {} {} after {} tries in {} ms", purpose, outcome, tries, millis);
            return new CallRecord(
                    numbers.incrementAndGet(),
                    at,
                    purpose,
                    config.model(),
                    config.price(),
                    inputTokens,
                    outputTokens,
                    tries,
                    millis,
                    outcome,
                    SentText.customers(request),
                    SentText.of(request));
        }
    }

    /** A model that is missing is told apart by the names of those that exist. */
    private FaultException named(FaultException e) {
        if (e.fault() != Fault.MODEL_MISSING) return e;
        String known = String.join(", ", models());
        var named =
                new FaultException(
                        Fault.MODEL_MISSING,
                        Optional.empty(),
                        null,
                        "model",
                        config.model(),
                        "known",
                        known.isEmpty() ? "none" : known);
        breaker.failed(named);
        return named;
    }

    /** Names of the models the endpoint has, as far as they look like names; empty on any fault. */
    private List<String> models() {
        try {
            var attempt =
                    new Try(
                            limits,
                            System.nanoTime() + limits.connect().toNanos(),
                            () -> false,
                            Set.of());
            String path = ollama ? "api/tags" : "models";
            String base = config.baseUrl().replaceAll("/+$", "");
            Map<String, List<String>> headers =
                    config.apiKey()
                            .map(key -> Map.of("Authorization", List.of("Bearer " + key.reveal())))
                            .orElse(Map.of());
            var reply = wire.send(attempt, URI.create(base + "/" + path), headers, null);
            try (var body = reply.body()) {
                if (reply.status() != 200) return List.of();
                String text = new EventReader(body, true, 262_144).rest();
                var names = new ArrayList<String>();
                var tree = new ObjectMapper().readTree(text);
                for (var one : tree.path(ollama ? "models" : "data")) {
                    String name = one.path(ollama ? "name" : "id").asText("");
                    if (names.size() < 5 && name.matches("[\\w.:/-]{1,64}")) names.add(name);
                }
                return names;
            }
        } catch (IOException | FaultException e) {
            return List.of();
        }
    }

    private StreamingChatModel model(Try attempt) {
        var http = new GuardedHttpClient(wire, attempt, ollama).builder();
        if (ollama) {
            var builder = OllamaStreamingChatModel.builder();
            builder.httpClientBuilder(http).baseUrl(config.baseUrl()).modelName(config.model());
            return builder.build();
        }
        return OpenAiStreamingChatModel.builder()
                .httpClientBuilder(http)
                .baseUrl(config.baseUrl())
                .apiKey(config.apiKey().map(Secret::reveal).orElse(null))
                .modelName(config.model())
                .accumulateToolCallId(false)
                .build();
    }

    /** The text with each half of a broken character replaced. */
    static String whole(String text) {
        var out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            boolean half = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
            out.appendCodePoint(half ? 0xfffd : point);
        }
        return out.toString();
    }
}
