package dev.coterie.describe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.error.LlmException;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.llm.LanguageModel;
import dev.coterie.prepare.CustomerTable;
import dev.coterie.progress.Progress;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelWordingsTest {
    static final CustomerTable CUSTOMERS = SampleCustomers.english(60, 7);

    /** A model that answers each prompt by a function and remembers the prompts. */
    static final class Scripted implements LanguageModel {
        final List<String> prompts = new ArrayList<>();
        final Function<String, String> script;

        Scripted(Function<String, String> script) {
            this.script = script;
        }

        @Override
        public String name() {
            return "scripted";
        }

        @Override
        public ChatModel chat(Purpose purpose) {
            return new ChatModel() {
                @Override
                public ChatResponse doChat(ChatRequest request) {
                    String prompt = request.messages().toString();
                    prompts.add(prompt);
                    return ChatResponse.builder()
                            .aiMessage(AiMessage.from(script.apply(prompt)))
                            .build();
                }
            };
        }

        @Override
        public StreamingChatModel streaming(Purpose purpose) {
            throw new IllegalStateException("not used here");
        }
    }

    static Description describe(Scripted model) {
        return new SegmentDescriber(Optional.of(model), Language.ENGLISH)
                .describe(
                        CUSTOMERS,
                        Optional.empty(),
                        SampleCustomers.planted(CUSTOMERS.customers(), 3),
                        SampleCustomers.sources(CUSTOMERS),
                        Progress.NONE);
    }

    private static String good(String prompt, String name) {
        Matcher id = Pattern.compile("(?m)(f\\d+) \\|").matcher(prompt);
        assertTrue(id.find());
        String ref = "{{" + id.group(1) + "}}";
        return "{\"name\":\""
                + name
                + "\",\"who\":\"People who like coats.\",\"sentences\":[\"They are "
                + ref
                + ".\",\"Of them "
                + ref
                + " wrote.\",\"In short, "
                + ref
                + ".\"]}";
    }

    @Test
    void takesAnswersThatPassAndLabelsThem() {
        var names =
                List.of("Patient parcel watchers", "Steady coat lovers", "Fresh app starters")
                        .iterator();
        var model =
                new Scripted(
                        p -> "<think>hm</think>Sure:\n```json\n" + good(p, names.next()) + "\n```");
        Description d = describe(model);
        Wording w = d.segments().get(1).wording(Language.ENGLISH);
        assertEquals("Steady coat lovers", w.name());
        assertEquals(Writer.LLM, w.writer());
        assertEquals(Optional.of("scripted"), w.model());
        assertEquals(Writer.BUILTIN, d.segments().get(1).wording(Language.CHINESE).writer());
        assertEquals(3, model.prompts.size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not json at all",
                "",
                "{\"name\":\"Top 10 buyers\",\"who\":\"w\",\"sentences\":[\"a {{f5}}\",\"b {{f5}}\"]}",
                "{\"name\":\"Loyal coat buyers\",\"who\":\"Half of them buy.\",\"sentences\":[\"a {{f5}}\",\"b {{f5}}\"]}",
                "{\"name\":\"Loyal coat buyers\",\"who\":\"w\",\"sentences\":[\"They are 60 %.\",\"b\"]}",
                "{\"name\":\"Loyal coat buyers\",\"who\":\"w\",\"sentences\":[\"a {{f99999}}\",\"b {{f99999}}\"]}",
                "{\"name\":\"Loyal coat buyers\",\"who\":\"w\",\"sentences\":[\"They are nice.\",\"They are good.\"]}",
                "{\"name\":\"<b>Coats</b> here\",\"who\":\"w\",\"sentences\":[\"a {{f5}}\",\"b {{f5}}\"]}"
            })
    void rejectsBadAnswersAfterOneMoreTry(String reply) {
        var model = new Scripted(p -> reply);
        Description d = describe(model);
        for (SegmentProfile s : d.segments()) {
            Wording w = s.wording(Language.ENGLISH);
            assertEquals(Writer.BUILTIN, w.writer());
            assertEquals(Optional.of(ModelWordings.REJECTED), w.fallback());
        }
        assertEquals(6, model.prompts.size());
        // The second prompt says what was wrong with the first answer.
        assertFalse(model.prompts.get(1).contains("there was none): -"));
    }

    @Test
    void aModelThatFailsIsLeftInPeaceAndTheRunGoesOn() {
        var model =
                new Scripted(
                        p -> {
                            throw new LlmException(Message.of("describe.fallback.unavailable"));
                        });
        Description d = describe(model);
        assertEquals(3, d.segments().size());
        assertEquals(
                Optional.of(ModelWordings.UNAVAILABLE),
                d.segments().get(2).wording(Language.ENGLISH).fallback());
        assertEquals(2, model.prompts.size());
    }

    @Test
    void noTwoSegmentsGetOneName() {
        var model = new Scripted(p -> good(p, "Steady coat lovers"));
        List<String> names =
                describe(model).segments().stream()
                        .map(s -> s.wording(Language.ENGLISH).name())
                        .toList();
        assertEquals(1, names.stream().filter("Steady coat lovers"::equals).count());
    }
}
