package dev.coterie.llm;

import dev.coterie.config.Config;
import dev.coterie.config.TokenPrice;
import dev.coterie.error.CancelledException;
import dev.coterie.error.InvalidInputException;
import dev.coterie.error.LlmException;
import dev.coterie.language.Message;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The language model of the configuration, behind an OpenAI-compatible address or Ollama.
 *
 * <p>Every call is streamed under the hood and ends within its deadline. Streaming calls deliver in
 * the calling thread and return when the answer has ended; {@link AnswerHandler} adds a second try
 * in mid-answer and a way to stop. An interrupt stops a call with {@link CancelledException}.
 * Thread-safe.
 */
public final class ConfiguredModel implements LanguageModel {
    private static final int KEPT_CALLS = 500;
    private static final int SAMPLE_CHARACTERS = 80;

    private final Config.Llm configured;
    private final Limits limits;
    private final Clock clock;
    private final Consumer<CallRecord> callLog;
    private volatile Config.Llm config;
    private volatile Endpoint endpoint;
    private final AtomicLong numbers = new AtomicLong();
    private final Deque<CallRecord> calls = new ArrayDeque<>();

    /** What was sent for calls that began until then is not kept. */
    private Instant forgotten = Instant.MIN;

    ConfiguredModel(Config.Llm config, Limits limits, Clock clock, Consumer<CallRecord> callLog) {
        this.configured = config;
        this.limits = limits;
        this.clock = clock;
        this.callLog = callLog;
        this.config = config;
        this.endpoint = endpoint(config);
    }

    private Endpoint endpoint(Config.Llm of) {
        return new Endpoint(
                of,
                limits,
                clock,
                numbers,
                call -> {
                    remember(call);
                    callLog.accept(call);
                });
    }

    /** The address and model that are asked now. */
    public ModelChoice choice() {
        Config.Llm now = config;
        return new ModelChoice(now.baseUrl(), now.model());
    }

    /** The addresses that may be chosen: those of the configuration, its own first. */
    public List<String> addresses() {
        return configured.addresses();
    }

    /** What the model charges; empty for one that was chosen and has no configured price. */
    public Optional<TokenPrice> price() {
        return config.price();
    }

    /**
     * Asks another model from now on; calls at work go on where they began.
     *
     * @throws InvalidInputException if the configuration does not allow the address, or the name is
     *     none
     */
    public synchronized void choose(ModelChoice choice) {
        if (!addresses().contains(choice.address())) {
            throw new InvalidInputException(
                    Message.of("llm.choose_allowed", "addresses", String.join(", ", addresses())),
                    "/llm/address",
                    null);
        }
        if (!choice.model().matches("[\\w.:/@+-]{1,128}")) {
            throw new InvalidInputException(
                    Message.of("llm.choose_model_name"), "/llm/model", null);
        }
        if (choice.equals(choice())) return;
        config = configured.with(choice.address(), choice.model());
        endpoint = endpoint(config);
    }

    /** The configured model, or empty if the provider is {@code none}. */
    public static Optional<ConfiguredModel> of(Config.Llm config) {
        return of(config, call -> {});
    }

    /**
     * @param callLog gets a record of every call, in the calling thread
     */
    public static Optional<ConfiguredModel> of(Config.Llm config, Consumer<CallRecord> callLog) {
        if (!config.configured()) return Optional.empty();
        return Optional.of(
                new ConfiguredModel(config, Limits.of(config), Clock.systemUTC(), callLog));
    }

    /** As {@link #of}, with all times multiplied: for tests that must not take minutes. */
    public static ConfiguredModel hurried(Config.Llm config, double factor) {
        return new ConfiguredModel(
                config, Limits.of(config).scaled(factor), Clock.systemUTC(), call -> {});
    }

    @Override
    public String name() {
        return config.model();
    }

    @Override
    public ChatModel chat(Purpose purpose) {
        return new Whole(purpose, call -> {});
    }

    @Override
    public StreamingChatModel streaming(Purpose purpose) {
        return new Streamed(purpose, call -> {});
    }

    @Override
    public LanguageModel metered(Consumer<CallRecord> meter) {
        return new Metered(meter);
    }

    /** Shares everything with the model itself: breaker, limits, log. */
    private final class Metered implements LanguageModel {
        private final Consumer<CallRecord> meter;

        Metered(Consumer<CallRecord> meter) {
            this.meter = meter;
        }

        @Override
        public String name() {
            return ConfiguredModel.this.name();
        }

        @Override
        public ChatModel chat(Purpose purpose) {
            return new Whole(purpose, meter);
        }

        @Override
        public StreamingChatModel streaming(Purpose purpose) {
            return new Streamed(purpose, meter);
        }

        @Override
        public LanguageModel metered(Consumer<CallRecord> other) {
            return new Metered(meter.andThen(other));
        }

        @Override
        public void forgetCalls() {
            ConfiguredModel.this.forgetCalls();
        }
    }

    /** Why no call is made now: a setting to change, or a rest after failures. */
    public Optional<Message> closedBecause() {
        return endpoint.breaker().closedBecause();
    }

    /** The latest calls, oldest first. */
    public List<CallRecord> calls() {
        synchronized (calls) {
            return new ArrayList<>(calls);
        }
    }

    /**
     * Asks the model for a word, after lifting any pause.
     *
     * @return what came, and how long it took; the problem if nothing did
     */
    public Test test() {
        endpoint.release();
        long start = System.nanoTime();
        try {
            String answer = chat(Purpose.TEST).chat(ONE_WORD);
            return new Test(true, millis(start), sample(answer), Optional.empty());
        } catch (LlmException e) {
            return new Test(false, millis(start), "", Optional.of(e.message()));
        }
    }

    /**
     * What a test of the connection showed.
     *
     * @param sample beginning of the answer as plain text; empty without one
     * @param problem what to do, if there was no answer
     */
    public record Test(boolean works, long millis, String sample, Optional<Message> problem) {}

    private static String sample(String answer) {
        String line = answer.replaceAll("[\\p{Cc}\\p{Cf}\\s]+", " ").strip();
        int end = line.offsetByCodePoints(0, Math.min(40, line.codePointCount(0, line.length())));
        return line.substring(0, Math.min(end, SAMPLE_CHARACTERS));
    }

    private static long millis(long start) {
        return (System.nanoTime() - start) / 1_000_000;
    }

    @Override
    public void forgetCalls() {
        synchronized (calls) {
            calls.clear();
            forgotten = clock.instant();
        }
    }

    private void remember(CallRecord call) {
        synchronized (calls) {
            if (!call.at().isAfter(forgotten)) return;
            calls.addLast(call);
            if (calls.size() > KEPT_CALLS) calls.removeFirst();
        }
    }

    /** Streams; text goes on as it comes. */
    private final class Streamed implements StreamingChatModel {
        private final Purpose purpose;
        private final Consumer<CallRecord> meter;

        Streamed(Purpose purpose, Consumer<CallRecord> meter) {
            this.purpose = purpose;
            this.meter = meter;
        }

        /** The library's own way wraps the handler, so that it could neither restart nor stop. */
        @Override
        public void chat(
                ChatRequest request,
                ChatRequestOptions options,
                StreamingChatResponseHandler handler) {
            doChat(request, handler);
        }

        @Override
        public void chat(ChatRequest request, StreamingChatResponseHandler handler) {
            doChat(request, handler);
        }

        @Override
        public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
            ChatResponse response;
            try {
                response = endpoint.answer(purpose, request, handler, meter);
            } catch (FaultException e) {
                handler.onError(e.forPeople());
                return;
            } catch (RuntimeException e) {
                handler.onError(e);
                return;
            }
            handler.onCompleteResponse(response);
        }
    }

    /** Waits for the whole answer. */
    private final class Whole implements ChatModel {
        private final Purpose purpose;
        private final Consumer<CallRecord> meter;

        Whole(Purpose purpose, Consumer<CallRecord> meter) {
            this.purpose = purpose;
            this.meter = meter;
        }

        @Override
        public ChatResponse doChat(ChatRequest request) {
            try {
                return endpoint.answer(purpose, request, new Silent(), meter);
            } catch (FaultException e) {
                throw e.forPeople();
            }
        }
    }

    /** A reader who waits for the end. */
    private static final class Silent implements AnswerHandler {
        @Override
        public void onCompleteResponse(ChatResponse response) {}

        @Override
        public void onError(Throwable error) {}
    }
}
