package dev.coterie.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.brief.Brief;
import dev.coterie.chat.Answer;
import dev.coterie.chat.ChatEngine;
import dev.coterie.chat.ChatListener;
import dev.coterie.chat.Question;
import dev.coterie.chat.WriterChoice;
import dev.coterie.describe.Wording;
import dev.coterie.describe.Writer;
import dev.coterie.language.Language;
import dev.coterie.tools.Toolbox;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.json.JsonEnumSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of the prompts folder: one for each task and language. */
class PromptsTest {
    private static final List<String> TASKS = List.of("name-segments", "write-brief", "chat");
    private static final Path FOLDER = Path.of("prompts");
    private static final ModelWorld WORLD = ModelWorld.plain();

    @Test
    void everyTaskHasOneFileForEachLanguageAndNothingElseIsThere() throws IOException {
        var expected = new TreeSet<String>();
        for (String task : TASKS) {
            for (Language language : Language.values()) {
                expected.add(task + "." + language.tag() + ".md");
                expected.add(AskAgain.file(task, language));
            }
        }
        for (Language language : Language.values()) expected.add(ToolTexts.file(language));
        try (Stream<Path> files = Files.list(FOLDER)) {
            var found = files.map(f -> f.getFileName().toString()).collect(Collectors.toSet());
            assertEquals(expected, new TreeSet<>(found));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"name-segments", "write-brief", "chat"})
    void bothLanguagesHaveTheSameVariablesAndSentences(String task) {
        var english = new TaskPrompt(task, Language.ENGLISH);
        var chinese = new TaskPrompt(task, Language.CHINESE);
        assertEquals(english.variables(), chinese.variables());
        assertEquals(english.again().keys(), chinese.again().keys());
        for (String key : english.again().keys()) {
            assertEquals(places(english.again().say(key)), places(chinese.again().say(key)), key);
            assertTrue(share(chinese.again().say(key)) > 0.4, key);
        }
        assertTrue(share(chinese.template()) > 0.6, "it is written in Chinese");
        assertEquals(0, share(english.template()), 0.001, "and the other one is not");
    }

    /** A tool or an argument without a line would be offered with no word of what it is for. */
    @ParameterizedTest
    @EnumSource(Language.class)
    void everyToolAndArgumentIsToldInTheLanguageOfTheRun(Language language) {
        var unused = new TreeSet<>(new ToolTexts(language).keys());
        assertEquals(new ToolTexts(Language.ENGLISH).keys(), unused, "the same lines in both");
        var texts = new ToolTexts(language);
        unused.removeAll(List.of("filter.field"));
        for (ToolSpecification tool : Toolbox.specifications(language)) {
            assertEquals(texts.tool(tool.name()), tool.description());
            if (language == Language.CHINESE) assertTrue(share(tool.description()) > 0.8);
            unused.remove(tool.name());
            tool.parameters()
                    .properties()
                    .forEach(
                            (name, schema) -> {
                                boolean choice = schema instanceof JsonEnumSchema;
                                String told = schema.description();
                                assertTrue(choice || told != null, tool.name() + "." + name);
                                unused.remove(name);
                                unused.remove(tool.name() + "." + name);
                            });
        }
        assertEquals(Set.of(), unused, "a line that nothing says");
    }

    /** Share of Han characters among the letters. */
    private static double share(String text) {
        String letters = text.replaceAll("\\{\\{\\w+}}|\\[\\w+]|[^\\p{L}]", "");
        if (letters.isEmpty()) return 1;
        return letters.replaceAll("\\P{IsHan}", "").length() / (double) letters.length();
    }

    private static Set<String> places(String sentence) {
        return Pattern.compile("\\[(\\w+)]|\\{\\{(\\w+)}}")
                .matcher(sentence)
                .results()
                .map(m -> m.group())
                .collect(Collectors.toSet());
    }

    @Test
    void aMissingAndAnUnknownValueAreRefused() {
        for (String task : TASKS) {
            for (Language language : Language.values()) {
                var prompt = new TaskPrompt(task, language);
                var values = new HashMap<String, String>();
                prompt.variables().forEach(v -> values.put(v, "<" + v + ">"));
                String text = prompt.fill(values);
                values.values().forEach(v -> assertTrue(text.contains(v), v));
                assertFalse(text.contains("{{"), text);
                String first = prompt.variables().iterator().next();
                var missing = new HashMap<>(values);
                missing.remove(first);
                assertThrows(IllegalArgumentException.class, () -> prompt.fill(missing));
                var unknown = new HashMap<>(values);
                unknown.put("tone", "warm");
                assertThrows(IllegalArgumentException.class, () -> prompt.fill(unknown));
            }
        }
    }

    @Test
    void everySentenceThatAsksAgainIsSaidSomewhere() throws IOException {
        var code = new StringBuilder();
        for (String part : List.of("proof", "describe", "brief", "tools", "chat", "llm")) {
            try (Stream<Path> files = Files.list(Path.of("src/main/java/dev/coterie", part))) {
                for (Path file : files.toList()) code.append(Files.readString(file));
            }
        }
        for (String task : TASKS) {
            for (String key : new TaskPrompt(task, Language.ENGLISH).again().keys()) {
                boolean fault = code.toString().contains(" " + key.toUpperCase() + ",");
                boolean last = code.toString().contains(" " + key.toUpperCase() + ";");
                assertTrue(fault || last || code.indexOf("\"" + key + "\"") > 0, task + " " + key);
            }
        }
    }

    /** Every caller fills its prompt in the language of its texts, with no place left open. */
    @ParameterizedTest
    @EnumSource(Language.class)
    void everyCallerFillsThePromptOfItsLanguage(Language language) {
        var naming = new ObedientModel(List.of(), t -> WORLD.localised(t, true));
        WORLD.describe(Optional.of(naming), language);
        var brief = new ObedientModel(List.of(), t -> WORLD.localised(t, false));
        WORLD.brief(Optional.of(brief), 1, language);
        var chat = new ObedientModel(List.of(), t -> WORLD.localised(t, false));
        answer(chat, language);
        var byTask = Map.of("name-segments", naming, "write-brief", brief, "chat", chat);
        byTask.forEach(
                (task, model) -> {
                    String prompt = model.prompts().get(0);
                    String end = new TaskPrompt(task, language).template().strip();
                    String rule = end.substring(end.indexOf("\n- ") + 1, end.indexOf("\n- ") + 20);
                    assertTrue(prompt.contains(rule), task + " in " + language);
                    String open = prompt.replaceAll("\\{\\{f\\d+}}", "");
                    assertFalse(open.contains("{{"), open);
                });
    }

    private static Answer answer(ObedientModel model, Language language) {
        var question =
                new Question(
                        "How large is the first group?",
                        Optional.of(language),
                        List.of(1),
                        WriterChoice.AUTO);
        return new ChatEngine(Optional.of(model), ModelWorld.ENCODERS)
                .answer(WORLD.analysis(), List.of(), question, ChatListener.NONE);
    }

    @Test
    void everyTextOfAModelSaysUnderWhichPromptItWasWritten() {
        var naming = new ObedientModel(List.of(), t -> WORLD.localised(t, true));
        Wording named =
                WORLD.describe(Optional.of(naming), Language.ENGLISH)
                        .segments()
                        .get(0)
                        .wording(Language.ENGLISH);
        assertEquals(Writer.LLM, named.writer());
        assertEquals(Optional.of(version("name-segments")), named.prompt());

        var other = new ObedientModel(List.of(), t -> WORLD.localised(t, false));
        Brief brief = WORLD.brief(Optional.of(other), 1, Language.ENGLISH);
        Optional<String> under = Optional.of(version("write-brief"));
        assertEquals(under, brief.section(Brief.Key.MESSAGES).prompt());
        assertEquals(Optional.empty(), brief.section(Brief.Key.WHO).prompt(), "the narrator's");

        Answer answer = answer(other, Language.ENGLISH);
        assertEquals(Writer.LLM, answer.writer());
        assertEquals(Optional.of(version("chat")), answer.prompt());
    }

    private static String version(String task) {
        return new TaskPrompt(task, Language.ENGLISH).version();
    }

    @Test
    void aVersionNamesTheFileAndItsContent() {
        var versions = new TreeSet<String>();
        for (String task : TASKS) {
            for (Language language : Language.values()) {
                String version = new TaskPrompt(task, language).version();
                assertTrue(version.matches(task + "\\." + language.tag() + "@[0-9a-f]{12}"));
                versions.add(version.substring(version.indexOf('@')));
            }
        }
        assertEquals(6, versions.size(), "no two have the same content");
        assertNotEquals(
                TaskPrompt.digest(new byte[] {1}, new byte[] {2}),
                TaskPrompt.digest(new byte[] {1}, new byte[] {3}));
    }
}
