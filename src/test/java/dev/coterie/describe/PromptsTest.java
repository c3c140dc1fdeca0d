package dev.coterie.describe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.V;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.nio.charset.StandardCharsets;
import java.util.TreeSet;
import java.util.regex.Pattern;
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
}
