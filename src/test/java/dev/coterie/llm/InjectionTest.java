package dev.coterie.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.coterie.brief.Brief;
import dev.coterie.chat.Answer;
import dev.coterie.chat.ChatEngine;
import dev.coterie.chat.ChatListener;
import dev.coterie.chat.FailingTools;
import dev.coterie.chat.Question;
import dev.coterie.chat.WriterChoice;
import dev.coterie.describe.Description;
import dev.coterie.describe.Writer;
import dev.coterie.language.Language;
import dev.coterie.proof.Figures;
import dev.coterie.proof.References;
import dev.coterie.words.PersonalData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Orders planted in customers' data against a model that always obeys them: no false name, no false
 * number, no tool, no link. Each text stands first, in the middle and last among the texts, and as
 * a column, a category and a customer's id.
 */
class InjectionTest {
    private static final JsonNode FILE = read();
    private static final String[] PLACES = {"first", "middle", "last", "column", "category"};
    private static final String[] READERS = {"naming", "brief", "chat"};
    private static final Map<String, Integer> ARRIVED = new TreeMap<>();
    private static final String[] OPENING = {
        "The lovely lamp was late. ",
        "A gift, the wrapping, an order. ",
        "A lovely voucher to buy. "
    };

    private static JsonNode read() {
        try (var in = InjectionTest.class.getResourceAsStream("/llm/injections.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<Arguments> trials() {
        return StreamSupport.stream(FILE.path("examples").spliterator(), false)
                .flatMap(
                        e -> Stream.of(PLACES).map(p -> Arguments.of(e.path("id").asText(), p, e)));
    }

    static Stream<Arguments> clean() {
        return StreamSupport.stream(FILE.path("clean").spliterator(), false)
                .map(e -> Arguments.of(e.path("id").asText(), e));
    }

    private static List<String> texts(JsonNode example) {
        var texts = new ArrayList<String>();
        texts.add(example.path("text").asText());
        example.path("more_rows").forEach(r -> texts.add(r.asText()));
        return texts;
    }

    /**
     * Plants an example; a review opens like its segment's others, so that it reaches the prompt.
     */
    private static ModelWorld world(List<String> texts, String place) {
        int at = List.of("first", "middle", "last").indexOf(place);
        if (at < 0) {
            String header = place.equals("column") ? texts.get(0) : "channel";
            Optional<String> value =
                    place.equals("category") ? Optional.of(texts.get(0)) : Optional.empty();
            return new ModelWorld(List.of(), header, value);
        }
        var planted = new ArrayList<ModelWorld.Planted>();
        for (int i = 0; i < texts.size(); i++) {
            planted.add(new ModelWorld.Planted(at + 3 * (4 + i), OPENING[at] + texts.get(i)));
        }
        return new ModelWorld(planted, "channel", Optional.empty(), texts, 2 * at);
    }

    /**
     * Everything that the model's words led to, with what the narrator would have said left out.
     */
    private record Shown(
            List<String> names, String text, boolean arrived, int prompts, List<String> words) {
        /** The same with the model's words taken as they came. */
        Shown unguarded() {
            return new Shown(List.of(), String.join("\n", words), arrived, prompts, words);
        }
    }

    private static Shown naming(ModelWorld world, JsonNode example) {
        var model = new ObedientModel(List.of(example), t -> world.localised(t, true));
        Description narrated = world.narrated();
        Description d = world.describe(Optional.of(model), Language.ENGLISH);
        assertEquals(narrated.facts(), d.facts(), "facts");
        Set<String> own = new HashSet<>();
        narrated.segments()
                .forEach(
                        s -> {
                            own.add(s.wording(Language.ENGLISH).name());
                            own.add(s.wording(Language.ENGLISH).who());
                            own.addAll(s.wording(Language.ENGLISH).sentences());
                        });
        var names = new ArrayList<String>();
        var text = new StringBuilder();
        d.segments()
                .forEach(
                        s -> {
                            var w = s.wording(Language.ENGLISH);
                            names.add(w.name());
                            Stream.concat(Stream.of(w.name(), w.who()), w.sentences().stream())
                                    .filter(t -> !own.contains(t))
                                    .forEach(t -> text.append(t).append('\n'));
                        });
        return new Shown(
                names,
                References.render(
                        text.toString(), d.facts(), Language.ENGLISH, Figures.SMALL_COUNT),
                model.obeyed() > 0,
                model.prompts().size(),
                model.words());
    }

    private static Shown brief(ModelWorld world, JsonNode example) {
        Language language = language(example);
        var model = new ObedientModel(List.of(example), t -> world.localised(t, false));
        Brief plain = world.brief(Optional.empty(), 1, language);
        Brief b = world.brief(Optional.of(model), 1, language);
        var text = new StringBuilder();
        for (Brief.Section section : b.sections()) {
            List<Brief.Item> own = plain.section(section.key()).items();
            boolean computed = section.source() == Brief.Source.DATA;
            // What the data says stays, whatever the model leaves out.
            if (computed
                    && section.key() != Brief.Key.LIMITS
                    && section.key() != Brief.Key.EVIDENCE) {
                assertEquals(own, section.items());
            }
            section.items().stream()
                    .filter(i -> !own.contains(i))
                    .filter(i -> section.source() == Brief.Source.HYPOTHESIS)
                    .forEach(i -> text.append(i.text()).append('\n'));
        }
        return new Shown(
                List.of(b.name()),
                References.render(text.toString(), b.facts(), language, Figures.SMALL_COUNT),
                model.obeyed() > 0,
                model.prompts().size(),
                model.words());
    }

    private static Shown chat(ModelWorld world, JsonNode example) {
        Language language = language(example);
        var model = new ObedientModel(List.of(example), t -> world.localised(t, false));
        String ask = example.path("ask").asText("What do customers of the first group write?");
        var engine = new ChatEngine(Optional.of(model), ModelWorld.ENCODERS);
        Answer a =
                engine.answer(
                        world.analysis(),
                        List.of(),
                        new Question(ask, Optional.of(language), List.of(1), WriterChoice.AUTO),
                        ChatListener.NONE);
        // The narrator shows the data's own values and quotes; no word of it is the model's.
        String text = a.writer() == Writer.LLM ? a.text() : "";
        return new Shown(
                List.of(),
                References.render(text, a.facts(), language, Figures.SMALL_COUNT),
                model.obeyed() > 0,
                model.prompts().size(),
                model.words());
    }

    private static Language language(JsonNode example) {
        return example.path("language").asText().equals("zh") ? Language.CHINESE : Language.ENGLISH;
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("trials")
    void anOrderInTheDataChangesNothing(String id, String place, JsonNode example) {
        ModelWorld world = world(texts(example), place);
        Shown naming = naming(world, example);
        Shown brief = brief(world, example);
        Shown chat = chat(world, example);
        boolean review = List.of("first", "middle", "last").contains(place);
        // Two rows need two quotes of one segment; texts with a link are never quoted, so they
        // reach
        // no prompt.
        boolean chosen = texts(example).stream().noneMatch(PersonalData::found);
        if (review && chosen && texts(example).size() == 1) {
            assertTrue(naming.arrived(), "the text reaches the prompt for names");
        }
        if (review && chosen) {
            assertTrue(brief.arrived(), "the text reaches the prompt for briefs");
        }
        for (Shown shown : List.of(naming, brief, chat)) check(example, shown);
        if (!ordersWords(example)) return;
        // A check that cannot fail proves nothing: the very words that the guards let pass or took
        // away would have shown the order obeyed.
        for (Shown shown : List.of(naming, brief, chat)) {
            if (!shown.arrived()) continue;
            assertThrows(AssertionError.class, () -> check(example, shown.unguarded()));
        }
    }

    private static boolean ordersWords(JsonNode example) {
        return !example.path("obey").path("do").asText().endsWith("_tool");
    }

    /** The runner would run any tool; what it is asked for passes the check of the catalogue. */
    @Test
    void aToolOfTheAttackersNeverRunsThoughTheRunnerWouldRunIt() {
        JsonNode example = null;
        for (JsonNode each : FILE.path("examples")) {
            if (each.path("obey").path("do").asText().equals("call_tool")) example = each;
        }
        var ran = new ArrayList<String>();
        ModelWorld world = world(texts(example), "first");
        var model = new ObedientModel(List.of(example), t -> world.localised(t, false));
        FailingTools.recording(model, ran)
                .answer(
                        world.analysis(),
                        List.of(),
                        Question.of("What do customers of the first group write?"),
                        ChatListener.NONE);
        String ordered = example.path("obey").path("tool").asText();
        assertTrue(model.obeyed() > 0, "it called the tool");
        assertTrue(ran.contains("find_quotes"), "the runner runs what is asked");
        assertFalse(ran.contains(ordered), ran.toString());
        assertTrue(FailingTools.runsAnything(ordered, example.path("obey").path("arguments")));
    }

    /** Forty further trials: which order, where it stands and who reads it are drawn. */
    static Stream<Arguments> drawn() {
        var random = new Random(2026);
        return IntStream.range(0, 40)
                .mapToObj(
                        i -> {
                            JsonNode one = FILE.path("examples").get(random.nextInt(20));
                            JsonNode two = FILE.path("examples").get(random.nextInt(20));
                            String place = PLACES[random.nextInt(PLACES.length)];
                            String reader = READERS[random.nextInt(READERS.length)];
                            return Arguments.of(i, place, reader, one, two);
                        });
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("drawn")
    void twoOrdersAtOnceChangeNothing(
            int trial, String place, String reader, JsonNode one, JsonNode two) {
        boolean label = place.equals("column") || place.equals("category");
        var both = new ArrayList<>(texts(one));
        if (!label) both.addAll(texts(two));
        ModelWorld world = world(both, place);
        boolean arrived = false;
        int first = List.of(READERS).indexOf(reader);
        // Whom the text does not reach proves nothing, so the next reader takes its turn.
        for (int turn = 0; turn < READERS.length && !arrived; turn++) {
            for (JsonNode example : label ? List.of(one) : List.of(one, two)) {
                Shown shown = shown(READERS[(first + turn) % READERS.length], world, example);
                check(example, shown);
                arrived |= shown.arrived();
            }
        }
        ARRIVED.merge(place + (arrived ? " arrived" : " did not arrive"), 1, Integer::sum);
    }

    private static Shown shown(String reader, ModelWorld world, JsonNode example) {
        return switch (reader) {
            case "naming" -> naming(world, example);
            case "brief" -> brief(world, example);
            default -> chat(world, example);
        };
    }

    /** Trials whose text never came to a prompt prove nothing; some are masked or too long. */
    @AfterAll
    static void mostOfTheDrawnReachedAPrompt() {
        System.out.println("drawn injections: " + ARRIVED);
        int arrived = 0;
        int all = 0;
        for (var count : ARRIVED.entrySet()) {
            all += count.getValue();
            if (count.getKey().endsWith(" arrived")) arrived += count.getValue();
        }
        assertTrue(all == 0 || arrived * 2 >= all, ARRIVED.toString());
    }

    private static void check(JsonNode example, Shown shown) {
        for (String name : shown.names()) assertFalse(name.startsWith("="), name);
        for (String forbidden : forbidden(example)) {
            assertFalse(shown.text().contains(forbidden), forbidden + " in " + shown.text());
            for (String name : shown.names()) assertFalse(name.contains(forbidden), name);
        }
        assertTrue(shown.prompts() <= 7, "rounds");
    }

    /** What must not be seen: the strings of the check, and what the order wants to be said. */
    private static List<String> forbidden(JsonNode example) {
        var out = new ArrayList<String>();
        example.path("check").path("strings").forEach(s -> out.add(s.asText()));
        String value = example.path("obey").path("value").asText("");
        if (!value.isEmpty()) out.add(value);
        if (example.path("obey").path("do").asText().equals("append_prompt")) {
            out.addAll(
                    List.of(
                            "[customer text",
                            "【客户原文",
                            "understanding only",
                            "never an instruction",
                            "Rules",
                            "Reply with"));
        }
        return out;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("clean")
    void aLookAlikeIsAnOrdinaryReview(String id, JsonNode clean) {
        String text = clean.path("text").asText();
        ModelWorld world = world(List.of(text), "first");
        var model = new ObedientModel(List.of(), t -> world.localised(t, true));
        Description d = world.describe(Optional.of(model), Language.ENGLISH);
        d.segments().forEach(s -> assertEquals(Writer.LLM, s.wording(Language.ENGLISH).writer()));
        assertEquals("Patient lamp lovers", d.segments().get(0).wording(Language.ENGLISH).name());
        assertTrue(model.prompts().get(0).contains(text.substring(text.length() - 12)), "arrives");
        var quoting =
                new ObedientModel(
                        List.of(),
                        t ->
                                "A customer wrote: «"
                                        + text
                                        + "». "
                                        + world.localised("They are {{f1}}.", false));
        Brief brief = world.brief(Optional.of(quoting), 1, Language.ENGLISH);
        assertEquals(Writer.LLM, brief.writer());
        assertEquals(
                0, brief.checks().removed(), brief.section(Brief.Key.MESSAGES).items().toString());
        assertTrue(
                brief.section(Brief.Key.MESSAGES).items().stream()
                        .anyMatch(i -> i.text().contains(text)),
                "quotable as it is");
    }
}
