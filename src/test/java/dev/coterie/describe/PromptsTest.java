package dev.coterie.describe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.coterie.language.Language;
import dev.coterie.llm.AskAgain;
import dev.coterie.llm.Prompts;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.V;
import java.io.StringReader;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromptsTest {
    @ParameterizedTest
    @ValueSource(strings = {"dev.coterie.describe.SegmentNamer", "dev.coterie.brief.BriefIdeas"})
    void variablesOfThePromptEqualTheParameters(String type) throws Exception {
        for (Method method : Class.forName(type).getDeclaredMethods()) {
            UserMessage message = method.getAnnotation(UserMessage.class);
            if (message == null) continue;
            var parameters = new TreeSet<String>();
            for (Parameter p : method.getParameters())
                parameters.add(p.getAnnotation(V.class).value());
            String prompt;
            try (var in = PromptsTest.class.getResourceAsStream(message.fromResource())) {
                prompt = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
            var variables = new TreeSet<String>();
            Pattern.compile("\\{\\{(\\w+)}}")
                    .matcher(prompt)
                    .results()
                    .forEach(m -> variables.add(m.group(1)));
            assertEquals(parameters, variables);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"name-segments", "write-brief"})
    void sentencesThatAskAgainStandInBothLanguagesWithTheSamePlaces(String task) throws Exception {
        var english = sentences(task, Language.ENGLISH);
        var chinese = sentences(task, Language.CHINESE);
        assertEquals(english.stringPropertyNames(), chinese.stringPropertyNames());
        for (String key : english.stringPropertyNames()) {
            assertEquals(places(english.getProperty(key)), places(chinese.getProperty(key)), key);
        }
        for (ReplyGate.Fault fault : ReplyGate.Fault.values()) {
            assertFalse(new AskAgain(task, Language.CHINESE).say(fault.key()).isBlank());
        }
    }

    private static Properties sentences(String task, Language language) throws Exception {
        var sentences = new Properties();
        sentences.load(new StringReader(Prompts.text(AskAgain.file(task, language))));
        return sentences;
    }

    private static Set<String> places(String sentence) {
        return Pattern.compile("\\[(\\w+)]")
                .matcher(sentence)
                .results()
                .map(m -> m.group(1))
                .collect(Collectors.toSet());
    }

    @Test
    void anotherWordInAPromptIsAnotherVersion() {
        assertEquals(
                NamingPrompt.version(Language.ENGLISH), NamingPrompt.version(Language.ENGLISH));
        assertNotEquals(
                NamingPrompt.version(Language.ENGLISH), NamingPrompt.version(Language.CHINESE));
    }
}
