package dev.coterie.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import dev.coterie.brief.Brief;
import dev.coterie.chat.Answer;
import dev.coterie.chat.ChatEngine;
import dev.coterie.chat.ChatEvent;
import dev.coterie.chat.ChatListener;
import dev.coterie.chat.FailingTools;
import dev.coterie.chat.Question;
import dev.coterie.chat.WriterChoice;
import dev.coterie.describe.Description;
import dev.coterie.describe.References;
import dev.coterie.describe.Writer;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ServerSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/**
 * Every fault of {@code faults.json}, played against the product's three ways to a language model:
 * naming, brief, chat. First variant, all times twenty times as fast. Set the system property
 * {@code fault} to play one of them.
 */
class FaultScenariosTest {
    private static final double FACTOR = 0.05;
    private static final Duration SLACK = Duration.ofSeconds(4);
    private static final ModelWorld WORLD = ModelWorld.plain();
    private static final Description NARRATED = WORLD.describe(Optional.empty(), Language.ENGLISH);
    private static final Pattern TEXT_MARK =
            Pattern.compile("\\[customer text [0-9a-f]{12}](?! and \\[end)");

    /** Other names of the same sentence in the product. */
    private static final Map<String, Set<String>> KEYS =
            Map.of(
                    "llm.too_slow", Set.of("llm.too_slow", "llm.timeout"),
                    "llm.rate_limited_parked", Set.of("llm.rate_limited", "llm.resting"),
                    "llm.tool_call_unusable", Set.of("chat.tool_call_unusable"));

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    static Stream<FaultScenario> scenarios() {
        String only = java.util.Objects.toString(System.getenv("FAULT"), "");
        // F43 kills the server itself, which a test inside it cannot.
        return FaultScenario.all()
                .filter(s -> !s.id().equals("F43"))
                .filter(s -> (s.id() + s.purpose()).contains(only));
    }

    /** What the product gave in the end. */
    private record Outcome(
            List<Writer> writers,
            List<Message> reasons,
            String shown,
            int removed,
            boolean stopped,
            long millis) {}

    /** What is needed to play one scenario. */
    private record Stage(
            FaultScenario scenario,
            ConfiguredModel model,
            List<JsonNode> how,
            FaultPlayer player) {}

    /** Loads the encoders, so that no scenario is timed with it. */
    @BeforeAll
    static void warm() {
        new ChatEngine(Optional.empty(), ModelWorld.ENCODERS)
                .answer(
                        WORLD.analysis(),
                        List.of(),
                        Question.of("How large is the first group?"),
                        ChatListener.NONE);
    }

    @BeforeEach
    void listen() {
        log.start();
        root().addAppender(log);
    }

    @AfterEach
    void stopListening() {
        root().detachAppender(log);
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void endsAsExpected(FaultScenario scenario) throws Exception {
        try (var canary = new RawServer(RawServer.good("seen"))) {
            String origin = canary.baseUrl().replace("/v1", "");
            List<JsonNode> how = scenario.how(origin, ModelSettings.KEY_CANARY, FACTOR);
            try (var network = new BadNetwork(scenario, how);
                    var player = player(scenario, how, network)) {
                var model = model(scenario, network.baseUrl(player.port()));
                var stage = new Stage(scenario, model, how, player);
                int prompts = scenario.id().equals("F28") ? 20 : 1;
                Outcome outcome = null;
                for (int i = 0; i < prompts; i++) outcome = drive(stage);
                check(stage, outcome);
                if (scenario.id().equals("F02")) restored(stage, network);
                assertEquals(0, canary.requests().size(), "requests to another place");
                everythingIsClosed(player);
            }
        }
    }

    private static FaultPlayer player(FaultScenario s, List<JsonNode> how, BadNetwork network)
            throws IOException {
        boolean naming = s.purpose().equals("naming");
        return new FaultPlayer(
                network.sockets(),
                0,
                how,
                s.purpose(),
                FaultScenario.FILE.path("good_answers"),
                FACTOR,
                text -> WORLD.localised(text, naming));
    }

    private static ConfiguredModel model(FaultScenario scenario, String baseUrl) {
        var config = ModelSettings.openAi(baseUrl);
        if (scenario.id().equals("F19")) config = ModelSettings.named(config, "m-missing");
        return new ConfiguredModel(
                config, Limits.of(config).scaled(FACTOR), Clock.systemUTC(), call -> {});
    }

    private Outcome drive(Stage stage) {
        long start = System.nanoTime();
        double seconds = stage.scenario().deadlineSeconds() * FACTOR;
        Duration most = Duration.ofMillis((long) (seconds * 1000)).plus(SLACK);
        Outcome o =
                assertTimeoutPreemptively(
                        most.plusSeconds(30),
                        () ->
                                switch (stage.scenario().purpose()) {
                                    case "naming" -> naming(stage);
                                    case "brief" -> brief(stage);
                                    default -> chat(stage);
                                });
        long millis = (System.nanoTime() - start) / 1_000_000;
        assertTrue(millis <= most.toMillis(), millis + " ms, allowed " + most.toMillis());
        return new Outcome(o.writers(), o.reasons(), o.shown(), o.removed(), o.stopped(), millis);
    }

    private static Language language(Stage stage) {
        return stage.scenario().asked().equals("zh") ? Language.CHINESE : Language.ENGLISH;
    }

    private static Outcome naming(Stage stage) {
        Description d = WORLD.describe(Optional.of(stage.model()), Language.ENGLISH);
        assertEquals(NARRATED.facts(), d.facts(), "facts");
        var writers = new ArrayList<Writer>();
        var reasons = new ArrayList<Message>();
        var shown = new StringBuilder();
        d.segments()
                .forEach(
                        s -> {
                            var w = s.wording(Language.ENGLISH);
                            writers.add(w.writer());
                            w.fallback().ifPresent(reasons::add);
                            shown.append(w.name()).append('\n').append(w.who()).append('\n');
                            w.sentences()
                                    .forEach(
                                            x ->
                                                    shown.append(
                                                            References.render(
                                                                    x,
                                                                    d.facts(),
                                                                    Language.ENGLISH)));
                        });
        return new Outcome(writers, reasons, shown.toString(), 0, false, 0);
    }

    private static Outcome brief(Stage stage) {
        Brief b = WORLD.brief(Optional.of(stage.model()), 1, language(stage));
        Brief plain = WORLD.brief(Optional.empty(), 1, language(stage));
        for (var key : List.of(Brief.Key.SIZE_VALUE, Brief.Key.WHO, Brief.Key.KPIS)) {
            assertEquals(plain.section(key), b.section(key), "computed sections");
        }
        String shown =
                b.sections().stream()
                        .flatMap(s -> s.items().stream())
                        .map(i -> References.render(i.text(), b.facts(), b.language()))
                        .collect(Collectors.joining("\n"));
        return new Outcome(
                List.of(b.writer()),
                b.fallback().stream().toList(),
                shown,
                b.checks().removed(),
                false,
                0);
    }

    /** Hears an answer, and stops it after some events if the scenario says so. */
    private static final class Ear implements ChatListener {
        final StringBuilder text = new StringBuilder();
        final StringBuilder warnings = new StringBuilder();
        final int stopAfter;
        int deltas;
        boolean stopped;

        Ear(int stopAfter) {
            this.stopAfter = stopAfter;
        }

        @Override
        public void event(ChatEvent event) {
            if (event instanceof ChatEvent.Restart) text.setLength(0);
            if (event instanceof ChatEvent.Warning w) warnings.append(w.message()).append('\n');
            if (event instanceof ChatEvent.AnswerDelta d) {
                text.append(d.text());
                deltas++;
            }
            if (event instanceof ChatEvent.MessageEnd e) stopped = e.finish().contains("user");
        }

        @Override
        public boolean cancelled() {
            return deltas >= stopAfter;
        }
    }

    private static Outcome chat(Stage stage) {
        var scenario = stage.scenario();
        boolean stops = scenario.id().equals("F42");
        var ear = new Ear(stops ? 1 : Integer.MAX_VALUE);
        var question =
                new Question(
                        "How large is the first group and how many of its parcels are late?",
                        Optional.of(language(stage)),
                        List.of(1),
                        WriterChoice.AUTO);
        Answer a = engine(stage).answer(WORLD.analysis(), List.of(), question, ear);
        String shown = References.render(a.text(), a.facts(), a.language());
        if (a.writer() == Writer.LLM) assertEquals(a.text(), ear.text.toString().strip());
        return new Outcome(
                List.of(a.writer()),
                a.fallback().stream().toList(),
                shown + "\n" + ear.warnings,
                a.check().removed().size(),
                ear.stopped,
                0);
    }

    private static ChatEngine engine(Stage stage) {
        Optional<JsonNode> tool = stage.scenario().step(stage.how(), "tool");
        if (tool.isEmpty()) return new ChatEngine(Optional.of(stage.model()), ModelWorld.ENCODERS);
        return FailingTools.engine(
                stage.model(),
                tool.get().path("do").asText(),
                tool.get().path("message").asText(),
                Duration.ofMillis((long) (10_000 * FACTOR)));
    }

    private void check(Stage stage, Outcome outcome) {
        FaultScenario scenario = stage.scenario();
        String what = outcome + " after " + stage.player().posts().size() + " requests";
        switch (scenario.endState()) {
            case "llm_text" -> assertTrue(all(outcome, Writer.LLM::equals), what);
            case "narrator", "parked" -> {
                assertTrue(all(outcome, Writer.BUILTIN::equals), what);
                saysWhy(scenario, outcome);
            }
            case "llm_text_or_narrator" -> assertFalse(outcome.writers().isEmpty(), what);
            case "stopped_by_user" -> assertTrue(outcome.stopped(), what);
            default -> throw new AssertionError(scenario.endState());
        }
        int calls = stage.player().posts().size();
        assertTrue(calls <= scenario.maxCalls() || network(scenario), what);
        staysSecret(stage, outcome);
        must(stage, outcome);
    }

    private static boolean network(FaultScenario scenario) {
        return scenario.json().path("player").asText().equals("network");
    }

    private static boolean all(Outcome outcome, Predicate<Writer> test) {
        return !outcome.writers().isEmpty() && outcome.writers().stream().allMatch(test);
    }

    /** One sentence that names what happened and what to do, in both languages. */
    private static void saysWhy(FaultScenario scenario, Outcome outcome) {
        String key = scenario.expected().path("ui").path("key").asText();
        if (key.equals("none")) return;
        Set<String> keys = KEYS.getOrDefault(key, Set.of(key));
        assertFalse(outcome.reasons().isEmpty());
        for (Message reason : outcome.reasons()) {
            assertTrue(keys.contains(reason.key()), reason.key() + " is not " + keys);
            for (Language language : Language.values()) {
                assertFalse(reason.in(language).contains("{"), reason.in(language));
            }
        }
        if (scenario.id().equals("F19")) {
            assertTrue(outcome.reasons().get(0).toString().contains("small-instruct"));
        }
    }

    private void staysSecret(Stage stage, Outcome outcome) {
        var forbidden = new ArrayList<>(stage.scenario().providerTexts(stage.how()));
        forbidden.add(ModelSettings.KEY_CANARY);
        var said = new StringBuilder(outcome.shown());
        outcome.reasons().forEach(r -> said.append(r).append(r.in(Language.CHINESE)));
        for (ILoggingEvent event : log.list) {
            said.append(event.getFormattedMessage());
            for (var t = event.getThrowableProxy(); t != null; t = t.getCause()) {
                said.append(t.getMessage());
            }
            assertFalse(
                    event.getFormattedMessage().contains("lamp is lovely"), "a prompt in a log");
        }
        for (String text : forbidden) assertFalse(said.toString().contains(text), text);
        for (JsonNode never : stage.scenario().expected().path("never")) {
            assertFalse(outcome.shown().contains(never.asText()), never.asText());
        }
    }

    /** What single scenarios ask for besides. */
    private void must(Stage stage, Outcome outcome) {
        List<FaultPlayer.Request> posts = stage.player().posts();
        boolean naming = stage.scenario().purpose().equals("naming");
        switch (stage.scenario().id()) {
            case "F03" -> assertTrue(outcome.millis() >= 250, "the connect limit is waited for");
            case "F09" -> assertHungUp(stage.player());
            case "F15", "F21" -> {
                assertEquals(2, posts.size());
                if (naming || stage.scenario().purpose().equals("brief")) {
                    long first = texts(posts.get(0));
                    assertTrue(first > 1 && texts(posts.get(1)) <= first / 2, "half of the texts");
                }
            }
            case "F16" -> {
                assertFalse(posts.get(1).json().has("response_format"));
                drive(stage);
                assertFalse(posts.get(posts.size() - 1).json().has("response_format"));
            }
            case "F22", "F26" -> {
                long waited = posts.get(1).nanos() - posts.get(0).nanos();
                double seconds = stage.scenario().id().equals("F22") ? 2 : 5;
                assertTrue(waited >= seconds * FACTOR * 0.9e9, waited + " ns");
            }
            case "F28" -> assertTrue(posts.size() <= 33, posts.size() + " requests");
            case "F31" -> assertTrue(posts.get(1).prompt().matches("(?s).*(briefly|too long).*"));
            case "F33" -> assertHungUp(stage.player());
            case "F38" -> assertFalse(outcome.shown().contains("WRONG"));
            case "F39" -> assertTrue(outcome.shown().contains("本组有214位客户😀。"), outcome.shown());
            case "F40", "F41" ->
                    assertTrue(
                            outcome.shown().contains("This group has 214 customers."),
                            outcome.shown());
            case "F42" -> assertHungUp(stage.player());
            case "F45" -> assertFalse(outcome.shown().contains("Second answer"));
            case "F46" -> assertFalse(outcome.shown().contains("999"));
            case "F48", "F47" -> assertFalse(posts.get(1).prompt().contains("there was none): -"));
            case "F50" -> {
                for (String n : List.of("12,345", "2019", "seventy-three", "百分之四十")) {
                    assertFalse(outcome.shown().contains(n), n);
                }
                assertTrue(naming || outcome.removed() > 0);
            }
            case "F51" -> assertFalse(outcome.shown().contains("rose to"), outcome.shown());
            case "F52" -> {
                assertFalse(outcome.shown().contains("I will never buy"), outcome.shown());
                assertFalse(outcome.shown().contains("Anna Beispiel"), outcome.shown());
            }
            case "F56" -> {
                for (String markup :
                        List.of("<", "http", "](", "javascript:", "=HYPER", "\u202e")) {
                    assertFalse(outcome.shown().contains(markup), outcome.shown());
                }
            }
            case "F59" -> {
                assertTrue(posts.size() <= 7);
                assertFalse(posts.get(posts.size() - 1).json().has("tools"));
            }
            case "F60" -> {
                for (var p : posts) assertFalse(p.body().contains("secret-canary"));
            }
            default -> {}
        }
    }

    private static long texts(FaultPlayer.Request request) {
        return TEXT_MARK.matcher(request.prompt()).results().count();
    }

    private static void assertHungUp(FaultPlayer player) {
        long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
        while (player.hungUpNanos() == 0 && System.nanoTime() < end) Thread.onSpinWait();
        assertTrue(player.hungUpNanos() != 0, "the client hung up");
    }

    /** After a restart of the model the next prompt goes through, once the breaker probes. */
    private void restored(Stage stage, BadNetwork network) throws Exception {
        TimeUnit.MILLISECONDS.sleep((long) (31_000 * FACTOR));
        try (var back = network.restored(stage.scenario(), stage.how(), FACTOR, WORLD)) {
            Outcome second = drive(stage);
            assertTrue(all(second, Writer.LLM::equals), second.toString());
            assertEquals(1, back.posts().size());
        }
    }

    private static void everythingIsClosed(FaultPlayer player) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        while (System.nanoTime() < end && (player.openConnections() > 0 || tools() > 0)) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        assertEquals(0, player.openConnections(), "connections left open");
        assertEquals(0, tools(), "tools left running");
    }

    private static long tools() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(t -> t.getName().equals("chat-tool"))
                .count();
    }

    /** Counts what is played, so that no scenario is left out unseen. */
    @org.junit.jupiter.api.Test
    void everyScenarioIsPlayed() {
        Set<String> played = new TreeSet<>();
        FaultScenario.all().forEach(s -> played.add(s.id()));
        assertEquals(60, played.size());
    }

    /** The ways a network fails before there is a server. */
    static final class BadNetwork implements AutoCloseable {
        private final String mode;
        private final String host;
        private final List<java.io.Closeable> held = new ArrayList<>();
        private int port;
        private ServerSocketFactory sockets = ServerSocketFactory.getDefault();

        BadNetwork(FaultScenario scenario, List<JsonNode> how) throws Exception {
            Optional<JsonNode> step = scenario.step(how, "network");
            mode = step.map(s -> s.path("mode").asText()).orElse("");
            host = step.map(s -> s.path("host").asText("127.0.0.1")).orElse("127.0.0.1");
            if (mode.equals("refuse")) {
                try (var free = new ServerSocket(0)) {
                    port = free.getLocalPort();
                }
            }
            if (mode.equals("blackhole")) {
                var full = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress());
                held.add(full);
                port = full.getLocalPort();
                for (int i = 0; i < 4; i++) {
                    var socket = new java.net.Socket();
                    held.add(socket);
                    try {
                        socket.connect(full.getLocalSocketAddress(), 50);
                    } catch (IOException e) {
                        break; // the backlog is full
                    }
                }
            }
            if (mode.equals("tls")) {
                String certificate = step.orElseThrow().path("certificate").asText();
                sockets = BadCertificates.sockets(certificate);
            }
        }

        ServerSocketFactory sockets() {
            return sockets;
        }

        String baseUrl(int playerPort) {
            return switch (mode) {
                case "dns_fail" -> "http://" + host + ":" + playerPort + "/v1";
                case "refuse", "blackhole" -> "http://127.0.0.1:" + port + "/v1";
                case "tls" -> "https://127.0.0.1:" + playerPort + "/v1";
                default -> "http://127.0.0.1:" + playerPort + "/v1";
            };
        }

        FaultPlayer restored(
                FaultScenario scenario, List<JsonNode> how, double factor, ModelWorld world)
                throws IOException {
            boolean naming = scenario.purpose().equals("naming");
            return new FaultPlayer(
                    ServerSocketFactory.getDefault(),
                    port,
                    how,
                    scenario.purpose(),
                    FaultScenario.FILE.path("good_answers"),
                    factor,
                    text -> world.localised(text, naming));
        }

        @Override
        public void close() throws IOException {
            for (java.io.Closeable each : held) each.close();
        }
    }
}
