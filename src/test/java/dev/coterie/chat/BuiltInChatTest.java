package dev.coterie.chat;

import static dev.coterie.chat.Asking.ask;
import static dev.coterie.chat.Asking.shown;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.describe.Analysis;
import dev.coterie.describe.Writer;
import dev.coterie.language.Language;
import dev.coterie.proof.Fact;
import dev.coterie.proof.NumberGate;
import dev.coterie.proof.References;
import dev.coterie.tools.Fields;
import dev.coterie.tools.Quotation;
import dev.coterie.tools.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Figures, quotations and what is missing, without a language model. */
class BuiltInChatTest {
    private final Analysis english = ChatFixture.of(Language.ENGLISH);
    private final Analysis chinese = ChatFixture.of(Language.CHINESE);

    @Nested
    class Figures {
        @Test
        void theLargestSegmentHasItsTrueSize() {
            Answer answer = ask("Which segment is the largest?");
            int size = english.segmentation().size(0);
            String name =
                    english.description().segment(1).orElseThrow().wording(Language.ENGLISH).name();
            assertTrue(
                    shown(answer).startsWith("The largest segment is “" + name + "” with " + size),
                    shown(answer));
            assertEquals(1, answer.tables().size());
            assertEquals(4, answer.tables().get(0).rows().size());
        }

        @Test
        void aCountUnderConditionsIsTheTrueCount() {
            double[] age = english.customers().numbers().get(0).values();
            long expected = IntStream.range(0, age.length).filter(i -> age[i] > 45).count();
            Answer answer = ask("How many customers are older than 45?");
            Fact fact = answer.facts().get(References.ids(answer.text()).get(0));
            assertEquals(expected, fact.value());
            Answer both = ask("How many customers from Germany mention delivery?");
            int[] country = english.customers().categories().get(0).codes();
            long german =
                    english.customers().texts().stream()
                            .filter(t -> t.text().toLowerCase().contains("delivery"))
                            .mapToInt(t -> t.customer())
                            .distinct()
                            .filter(i -> country[i] == 0)
                            .count();
            assertEquals(
                    german,
                    both.facts().get(References.ids(both.text()).get(0)).value(),
                    both.text());
        }

        @Test
        void aSmallCountIsNotShownNorItsShare() {
            var strict = new ChatEngine(Optional.empty(), ChatFixture.ENCODERS, 1000);
            Answer answer =
                    strict.answer(
                            english,
                            List.of(),
                            Question.of("How many customers are older than 45?"),
                            ChatListener.NONE);
            assertEquals(1, References.ids(answer.text()).size());
            String shown = References.render(answer.text(), answer.facts(), Language.ENGLISH, 1000);
            assertTrue(shown.contains(". < 1,000 customers match"), shown);
            assertFalse(
                    answer.tables().toString().matches(".*text=\\d+.*"),
                    "the table by segment would give the number away");
        }

        @Test
        void comparingNamesTheAttributesThatDifferMost() {
            int d = ChatFixture.number(english, 'D');
            int v = ChatFixture.number(english, 'V');
            Answer answer = ask("Compare segment " + d + " and segment " + v);
            Table table = answer.tables().get(0);
            assertTrue(table.rows().size() >= 3);
            for (String id : References.ids(answer.text())) {
                int segment = answer.facts().get(id).segment();
                assertTrue(segment == d || segment == v);
            }
        }
    }

    @Nested
    class Quotes {
        @Test
        void quotesSpeakOfTheTopicAndComeFromTheSegment() {
            int d = ChatFixture.number(english, 'D');
            Answer answer = ask("What do customers in segment " + d + " say about delivery?");
            assertTrue(answer.quotes().size() >= 3);
            for (Quotation q : answer.quotes()) {
                assertEquals(d, q.segment());
                assertTrue(q.text().toLowerCase().matches(".*(deliver|parcel|courier|shipping).*"));
                int index = Integer.parseInt(q.id().substring(4));
                assertEquals(english.customers().texts().get(index).text(), q.text());
            }
        }

        @Test
        void aTopicNobodySpeaksOfIsSaidToBeMissing() {
            Answer answer = ask("What do customers say about quantum physics?");
            assertEquals(List.of(), answer.quotes());
            assertTrue(answer.text().contains("No text in the data speaks of"), answer.text());
        }

        @Test
        void chineseQuestionsFindChineseTexts() {
            Answer answer = ask("客户对物流有什么看法？");
            assertTrue(answer.quotes().size() >= 3, answer.text());
            assertTrue(
                    answer.quotes().stream().allMatch(q -> q.text().matches(".*(物流|快递|配送|包裹).*")),
                    answer.quotes().toString());
        }
    }

    @Test
    void whatTheDataDoesNotHoldIsSaidWithThreeNearQuestions() {
        Answer answer = ask("How many customers have a dog?");
        assertTrue(answer.text().contains("Your data contains nothing on “dog”"), answer.text());
        assertEquals(3, answer.suggestions().stream().filter(s -> s.href().isEmpty()).count());
        assertEquals(List.of(), References.ids(answer.text()));
    }

    /** In small letters "İ" is two characters, so that places in one text are none in the other. */
    @Test
    void aNameIsFoundAfterLettersThatGrowWhenMadeSmall() {
        String name = ChatFixture.name(english, 'G', Language.ENGLISH);
        Answer answer = ask("İzmir, İstanbul: what makes the " + name);
        List<Integer> segments = answer.asked().orElseThrow().segments();
        assertEquals(List.of(ChatFixture.number(english, 'G')), segments);
    }

    @Test
    void aShortNameIsNotFoundWithinAWord() {
        var called = english.description().called(Map.of(1, "Age"));
        Analysis named = english.with(english.segmentation(), called);
        Answer other = ask(named, "What is the average rating of segment 2?");
        assertEquals(List.of(2), other.asked().orElseThrow().segments());
        Answer own = ask(named, "What makes the segment age different?");
        assertEquals(List.of(1), own.asked().orElseThrow().segments());
        assertTrue(shown(own).contains("Age"), shown(own));
    }

    @Test
    void aSegmentThatIsNotThereIsSaidToBeMissing() {
        Answer answer = ask("What makes segment 99 different?");
        assertTrue(shown(answer).contains("it has 4 segments"), shown(answer));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Which segment is the largest?",
                "List all segments",
                "Compare segment 1 and 2",
                "What makes segment 2 different?",
                "What do people say about price?",
                "Who is like customer C0017?",
                "How big is segment 3?",
                "Which segment is worth most?",
                "Which customers are outliers?",
                "How stable are the segments?",
                "How many customers are from Germany?",
                "What is the average age per segment?",
                "How did orders develop over time?",
                "What is this data about?",
                "哪个客群最大？",
                "比较客群1和客群2",
                "客群3有什么特点？",
                "关于价格的原话",
                "谁和客户C0017最像？",
                "哪个客群最有价值？",
                "有多少离群客户？",
                "客群稳定吗？",
                "有多少客户来自上海？",
                "各客群的平均年龄是多少？",
                "订单随时间怎么变化？"
            })
    void everyFigureOfTheNarratorIsAReference(String question) {
        var heard = new Recorder();
        Analysis analysis = ChatEngine.languageOf(question) == Language.CHINESE ? chinese : english;
        Answer answer = Asking.ENGINE.answer(analysis, List.of(), Question.of(question), heard);
        assertNotEquals("unknown", answer.asked().orElseThrow().intent());
        var verified = new ArrayList<String>();
        answer.facts().values().forEach(f -> verified.add(f.label().in(answer.language())));
        // A month is part of such a label.
        answer.facts().values().stream()
                .map(f -> f.label().arguments().get("month"))
                .filter(Objects::nonNull)
                .forEach(month -> verified.add(month.toString()));
        analysis.description()
                .segments()
                .forEach(s -> s.wordings().values().forEach(w -> verified.add(w.name())));
        analysis.description()
                .segments()
                .forEach(s -> s.words().forEach(w -> verified.add(w.word())));
        assertTrue(NumberGate.clean(answer.text(), verified), answer.text());
        assertEquals(answer.check().figures(), answer.check().matched());
        assertTrue(answer.check().figures() > 0);
        assertEquals(Writer.BUILTIN, answer.writer());
        assertEquals(answer.text(), heard.text());
        List<String> types = heard.types();
        assertEquals("message.start", types.get(0));
        assertEquals("message.end", types.get(types.size() - 1));
        assertTrue(types.indexOf("tool.result") > types.indexOf("tool.start"));
        assertTrue(
                types.containsAll(
                        List.of("answer.delta", "citation", "answer.check", "suggestions")));
    }

    @Test
    void withoutAnEncoderWordsAloneStillDecide() {
        ChatEncoders none =
                new ChatEncoders() {
                    @Override
                    public Optional<dev.coterie.embed.SentenceEncoder> forQuestions(Language l) {
                        return Optional.empty();
                    }

                    @Override
                    public Optional<dev.coterie.embed.SentenceEncoder> named(String name) {
                        return Optional.empty();
                    }
                };
        var plain = new ChatEngine(Optional.empty(), none);
        Answer answer =
                plain.answer(
                        english,
                        List.of(),
                        Question.of("Show me quotes about delivery"),
                        ChatListener.NONE);
        assertFalse(answer.quotes().isEmpty(), answer.text());
        for (Quotation quote : answer.quotes()) {
            assertTrue(quote.text().toLowerCase(java.util.Locale.ROOT).contains("deliver"));
        }
    }

    /** Two columns may be as near to a question: which one is named must not be left to chance. */
    @Test
    void columnsAreComparedInTheOrderOfTheAttributes() {
        var fields = new Fields(english);
        var order = fields.all().stream().map(a -> a.key()).toList();
        List<Integer> places =
                fields.vectors(Language.ENGLISH, name -> new float[] {1}).stream()
                        .map(n -> order.indexOf(n.attribute().key()))
                        .toList();
        assertTrue(places.size() > 4);
        assertEquals(places.stream().sorted().toList(), places);
    }
}
