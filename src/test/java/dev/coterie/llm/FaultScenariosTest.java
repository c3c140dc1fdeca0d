package dev.coterie.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import dev.coterie.describe.Writer;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.llm.FaultVerdict.Outcome;
import dev.coterie.llm.FaultVerdict.Stage;
import dev.coterie.proof.Figures;
import dev.coterie.proof.References;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    private static final Map<Language, Brief> PLAIN =
            Map.of(
                    Language.ENGLISH, WORLD.brief(Optional.empty(), 1, Language.ENGLISH),
                    Language.CHINESE, WORLD.brief(Optional.empty(), 1, Language.CHINESE));
    private static final Description NARRATED = WORLD.describe(Optional.empty(), Language.ENGLISH);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    static Stream<FaultScenario> scenarios() {
        String only = java.util.Objects.toString(System.getenv("FAULT"), "");
        // F43 kills the server itself, which a test inside it cannot: see ChatKillIT.
        return FaultScenario.all()
                .filter(s -> !s.id().equals("F43"))
                .filter(s -> (s.id() + s.purpose()).contains(only));
    }

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
                new FaultVerdict(stage, outcome, FACTOR, log.list, () -> drive(stage)).check();
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
                                                                    Language.ENGLISH,
                                                                    Figures.SMALL_COUNT)));
                        });
        return new Outcome(writers, reasons, shown.toString(), 0, false, 0);
    }

    private static Outcome brief(Stage stage) {
        Brief b = WORLD.brief(Optional.of(stage.model()), 1, language(stage));
        Brief plain = PLAIN.get(language(stage));
        for (var key : List.of(Brief.Key.SIZE_VALUE, Brief.Key.WHO, Brief.Key.KPIS)) {
            assertEquals(plain.section(key), b.section(key), "computed sections");
        }
        String shown =
                b.sections().stream()
                        .flatMap(s -> s.items().stream())
                        .map(
                                i ->
                                        References.render(
                                                i.text(),
                                                b.facts(),
                                                b.language(),
                                                Figures.SMALL_COUNT))
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
        String shown = References.render(a.text(), a.facts(), a.language(), Figures.SMALL_COUNT);
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

    /** After a restart of the model the next prompt goes through, once the breaker probes. */
    private void restored(Stage stage, BadNetwork network) throws Exception {
        TimeUnit.MILLISECONDS.sleep((long) (31_000 * FACTOR));
        try (var back = network.restored(stage.scenario(), stage.how(), FACTOR, WORLD)) {
            Outcome second = drive(stage);
            assertTrue(second.all(Writer.LLM), second.toString());
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
}
