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
    static class Scripted implements LanguageModel {
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

    private static final List<String> NAMES =
            List.of("Patient delivery watchers", "Steady coat lovers", "Fresh size seekers");

    /** An answer for every segment that the prompt asks for, each with a fact of its own. */
    private static String good(String prompt, List<String> names) {
        var list = new ArrayList<String>();
        Matcher m = Pattern.compile("Segment seg_(\\d+)\n(f\\d+) \\|").matcher(prompt);
        while (m.find()) {
            String ref = "{{" + m.group(2) + "}}";
            list.add(
                    "{\"id\":\"seg_"
                            + m.group(1)
                            + "\",\"name\":\""
                            + names.get(Integer.parseInt(m.group(1)) - 1)
                            + "\",\"who\":\"People who like coats.\",\"sentences\":[\"They are "
                            + ref
                            + ".\",\"Of them "
                            + ref
                            + " wrote.\",\"In short, "
                            + ref
                            + ".\"]}");
        }
        assertFalse(list.isEmpty());
        return "{\"segments\":[" + String.join(",", list) + "]}";
    }

    @Test
    void takesAnswersThatPassAndLabelsThem() {
        var model =
                new Scripted(p -> "<think>hm</think>Sure:\n```json\n" + good(p, NAMES) + "\n```");
        Description d = describe(model);
        Wording w = d.segments().get(1).wording(Language.ENGLISH);
        assertEquals("Steady coat lovers", w.name());
        assertEquals(Writer.LLM, w.writer());
        assertEquals(Optional.of("scripted"), w.model());
        assertEquals(3, w.sentences().size());
        assertEquals(Writer.BUILTIN, d.segments().get(1).wording(Language.CHINESE).writer());
        assertEquals(1, model.prompts.size(), () -> model.prompts.get(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not json at all",
                "",
                "{\"segments\":[{\"id\":\"seg_1\",\"name\":\"Loyal parcel people\",\"sentences\":[\"They are 60 %.\",\"b\"]}]}",
                "{\"segments\":[{\"id\":\"seg_1\",\"name\":\"Loyal parcel people\",\"sentences\":[\"a {{f99999}}\"]}]}",
                "{\"segments\":[{\"id\":\"seg_1\",\"name\":\"Loyal parcel people\",\"sentences\":[\"They are nice.\"]}]}",
                "{\"segments\":[{\"id\":\"seg_1\",\"name\":\"Loyal parcel people\",\"sentences\":7}]}"
            })
    void rejectsBadAnswersAfterTwoMoreTries(String reply) {
        var model = new Scripted(p -> reply);
        Description d = describe(model);
        for (SegmentProfile s : d.segments()) {
            Wording w = s.wording(Language.ENGLISH);
            assertEquals(Writer.BUILTIN, w.writer());
            assertEquals("llm.rejected", w.fallback().orElseThrow().key());
        }
        assertEquals(3, model.prompts.size());
        // The second prompt says what was wrong with the first answer.
        assertFalse(model.prompts.get(1).contains("there was none): -"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Top 10 parcels",
                "Parcels [here]",
                "Purple Penguins",
                "=HYPERLINK parcels",
                "parcel",
                "快递等待的客户"
            })
    void aBadNameGivesWayToTheNarratorsWhenAskingAgainDoesNotHelp(String name) {
        var names = List.of(name, "Steady coat lovers", "Fresh size seekers");
        var model = new Scripted(p -> good(p, names));
        Description d = describe(model);
        Wording w = d.segments().get(0).wording(Language.ENGLISH);
        assertFalse(w.name().contains(name));
        assertEquals(Writer.LLM, w.writer(), "its sentences are the model's");
        assertEquals("Steady coat lovers", d.segments().get(1).wording(Language.ENGLISH).name());
        assertEquals(3, model.prompts.size());
        assertFalse(model.prompts.get(1).contains("Segment seg_2"), "only what is missing");
    }

    @Test
    void aModelThatFailsIsLeftInPeaceAndTheRunGoesOn() {
        var model =
                new Scripted(
                        p -> {
                            throw new LlmException(Message.of("llm.no_answer"));
                        });
        Description d = describe(model);
        assertEquals(3, d.segments().size());
        assertEquals(
                "llm.no_answer",
                d.segments().get(2).wording(Language.ENGLISH).fallback().orElseThrow().key());
        assertEquals(1, model.prompts.size());
    }

    @Test
    void aRefusalSplitsTheBatchSoThatOneTextCannotSpoilAll() {
        var model =
                new Scripted(
                        p ->
                                p.contains("Segment seg_1")
                                        ? "I'm sorry, but I cannot help with that request."
                                        : good(p, NAMES));
        Description d = describe(model);
        var first = d.segments().get(0).wording(Language.ENGLISH);
        assertEquals(Writer.BUILTIN, first.writer());
        assertEquals("llm.refused_content", first.fallback().orElseThrow().key());
        assertEquals(Writer.LLM, d.segments().get(2).wording(Language.ENGLISH).writer());
        assertEquals(3, model.prompts.size());
    }

    @Test
    void onlyOneSegmentCanBeTheLargest() {
        String best = "The largest group of all, with ";
        var model = new Scripted(p -> good(p, NAMES).replace("In short, ", best));
        List<SegmentProfile> largest =
                describe(model).segments().stream()
                        .filter(
                                s ->
                                        String.join(" ", s.wording(Language.ENGLISH).sentences())
                                                .contains(best))
                        .toList();
        long most = largest.stream().mapToLong(SegmentProfile::size).max().orElse(0);
        assertTrue(largest.size() <= 1, largest::toString);
        for (SegmentProfile s : describe(model).segments())
            assertTrue(most == 0 || s.size() <= most);
    }

    @Test
    void noTwoSegmentsGetOneName() {
        var same = List.of("Steady coat lovers", "Steady coat lovers", "Steady coat lovers");
        var model = new Scripted(p -> good(p, same));
        List<String> names =
                describe(model).segments().stream()
                        .map(s -> s.wording(Language.ENGLISH).name())
                        .toList();
        assertEquals(1, names.stream().filter("Steady coat lovers"::equals).count());
    }
}
