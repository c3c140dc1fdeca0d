package dev.coterie.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.describe.Analysis;
import dev.coterie.describe.Attributes;
import dev.coterie.describe.Fact;
import dev.coterie.describe.NumberGate;
import dev.coterie.describe.References;
import dev.coterie.describe.SegmentProfile;
import dev.coterie.describe.Writer;
import dev.coterie.language.Language;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuiltInChatTest {
    private final ChatEngine engine = new ChatEngine(Optional.empty(), ChatFixture.ENCODERS);
    private final Analysis english = ChatFixture.of(Language.ENGLISH);
    private final Analysis chinese = ChatFixture.of(Language.CHINESE);

    private Answer ask(String question, Turn... history) {
        Analysis analysis = ChatEngine.languageOf(question) == Language.CHINESE ? chinese : english;
        return engine.answer(analysis, List.of(history), Question.of(question), ChatListener.NONE);
    }

    private static String shown(Answer answer) {
        return References.render(
                answer.text(),
                answer.facts(),
                answer.language(),
                dev.coterie.describe.Figures.SMALL_COUNT);
    }

    private int count(String predicateKey) {
        var texts = english.customers().texts();
        return (int)
                texts.stream()
                        .filter(t -> t.text().toLowerCase().contains(predicateKey))
                        .mapToInt(t -> t.customer())
                        .distinct()
                        .count();
    }

    @Nested
    class Loose {
        @ParameterizedTest
        @CsvSource({
            "whos the bigest group, largest",
            "which is our smallest grup, smallest",
            "来几句说快递慢的原话, quotes",
            "what characterises segment 2, different"
        })
        void aLooseQuestionIsUnderstood(String question, String intent) {
            assertEquals(intent, ask(question).asked().orElseThrow().intent());
        }

        @ParameterizedTest
        @ValueSource(strings = {"compare segment 2 and segment 2", "对比一下客群2和客群2"})
        void aSegmentIsNotComparedWithItself(String question) {
            Answer answer = ask(question);
            boolean chinese = answer.language() == Language.CHINESE;
            assertTrue(shown(answer).startsWith(chinese ? "两次说的都是" : "Both times"));
            assertTrue(answer.facts().isEmpty(), "it asks back");
        }

        @ParameterizedTest
        @CsvSource({"How satisfied are employees?, employees, rating", "员工的平均年龄是多少, 员工, 年龄"})
        void whatIsAskedOfOtherPeopleIsNotAnsweredWithCustomers(
                String question, String people, String nearest) {
            Answer answer = ask(question);
            assertEquals("unknown", answer.asked().orElseThrow().intent());
            assertTrue(shown(answer).contains("“" + people + "”"), shown(answer));
            assertTrue(shown(answer).contains("“" + nearest + "”"), shown(answer));
            assertTrue(answer.facts().isEmpty(), "no figure of customers stands for theirs");
        }

        @Test
        void theNumberOfSegmentsIsTold() {
            Fact segments =
                    english.description().facts().values().stream()
                            .filter(Fact::ofSegments)
                            .findFirst()
                            .orElseThrow();
            String shown =
                    dev.coterie.describe.Figures.show(
                            segments, Language.ENGLISH, dev.coterie.describe.Figures.SMALL_COUNT);
            assertEquals("4", shown, "few segments are not few people");
        }

        /** Whatever a count is of, its filter leads back to exactly those customers. */
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "How many customers mention delivery?",
                    "How many customers in segment 1 are from Italy?",
                    "Quotes about late delivery",
                    "来几句说快递慢的原话",
                    "Which customers are outliers?"
                })
        void theRowsBehindACountAreFoundAgain(String question) {
            Answer answer = ask(question);
            Analysis analysis = answer.language() == Language.CHINESE ? chinese : english;
            assertFalse(answer.facts().isEmpty());
            for (Fact fact : answer.facts().values()) {
                var rows = Conditions.behind(analysis, fact);
                assertTrue(rows.isPresent(), fact.label() + ": " + fact.filter());
                assertEquals(fact.n(), rows.get().rows().length);
            }
        }
    }

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
            assertTrue(shown.startsWith("< 1,000 customers match"), shown);
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

    @Nested
    class Conversation {
        @Test
        void aFollowUpTakesOverTheQuestionBefore() {
            int g = ChatFixture.number(english, 'G');
            int v = ChatFixture.number(english, 'V');
            var first = Question.of("How big is segment " + g + "?");
            Answer one = ask(first.text());
            Answer two = ask("and segment " + v + "?", new Turn(first, one));
            assertEquals("size", two.asked().orElseThrow().intent());
            assertEquals(List.of(v), two.asked().orElseThrow().segments());
            var quotes = Question.of("What do customers say about delivery?");
            Answer three = ask("what about gifts?", new Turn(quotes, ask(quotes.text())));
            assertEquals("quotes", three.asked().orElseThrow().intent());
            assertTrue(three.quotes().get(0).text().toLowerCase().contains("gift"));
        }

        @Test
        void aChineseFollowUpWorksToo() {
            int v = ChatFixture.number(chinese, 'V');
            var first = Question.of("客群1有多少人？");
            Answer two = ask("那客群" + v + "呢？", new Turn(first, ask(first.text())));
            assertEquals("size", two.asked().orElseThrow().intent());
            assertEquals(List.of(v), two.asked().orElseThrow().segments());
        }

        @Test
        void factsOfAConversationNeverShareAnId() {
            var first = Question.of("How many customers are older than 45?");
            Answer one = ask(first.text());
            Answer two = ask("How many customers are older than 30?", new Turn(first, one));
            String a = References.ids(one.text()).get(0);
            String b = References.ids(two.text()).get(0);
            assertNotEquals(a, b);
            assertFalse(english.description().facts().containsKey(a));
        }

        @Test
        void theScopeStandsInForASegment() {
            int g = ChatFixture.number(english, 'G');
            Answer answer =
                    engine.answer(
                            english,
                            List.of(),
                            new Question(
                                    "What makes them different?",
                                    Optional.empty(),
                                    List.of(g),
                                    WriterChoice.AUTO),
                            ChatListener.NONE);
            assertEquals(List.of(g), answer.asked().orElseThrow().segments());
        }

        @ParameterizedTest
        @EnumSource(Language.class)
        void everySuggestedQuestionCanBeAnswered(Language language) {
            boolean zh = language == Language.CHINESE;
            String start = zh ? "哪个客群最大？" : "Which segment is the largest?";
            var asked = new ArrayList<String>();
            Answer answer = ask(start);
            for (int hop = 0; hop < 3; hop++) {
                var questions =
                        answer.suggestions().stream().filter(s -> s.href().isEmpty()).toList();
                assertEquals(3, questions.size());
                for (Answer.Suggestion s : questions) {
                    Answer next = ask(s.text());
                    asked.add(s.text() + " -> " + next.asked().orElseThrow().intent());
                    assertNotEquals("unknown", next.asked().orElseThrow().intent(), s.text());
                    answer = next;
                }
            }
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
        Answer answer = engine.answer(analysis, List.of(), Question.of(question), heard);
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

    private Answer ask(Analysis analysis, String... questions) {
        var turns = new ArrayList<Turn>();
        Answer answer = null;
        for (String text : questions) {
            Question question = Question.of(text);
            answer = engine.answer(analysis, turns, question, ChatListener.NONE);
            turns.add(new Turn(question, answer));
        }
        return answer;
    }

    private static double count(Answer answer) {
        String id = References.ids(answer.text()).get(0);
        return answer.facts().get(id).value();
    }

    private static double customers(Analysis analysis, String column, String level) {
        return Attributes.of(analysis.customers()).stream()
                .filter(a -> a.key().equals(column + "=" + level))
                .flatMapToDouble(a -> Arrays.stream(a.values()))
                .filter(v -> v == 1)
                .count();
    }

    @Nested
    class Wording {
        @ParameterizedTest
        @CsvSource({
            "bigest segmnet?, largest",
            "wich segmnt is the smalest, smallest",
            "who are the yuongest ppl, feature",
            "最大的客裙, largest",
            "各客群平均年令分别是多少, feature",
            "哪拨人最年轻啊, feature"
        })
        void typingErrorsAndSpokenFormsAreRead(String question, String intent) {
            Analysis analysis =
                    ChatEngine.languageOf(question) == Language.CHINESE ? chinese : english;
            assertEquals(intent, ask(analysis, question).asked().orElseThrow().intent());
        }

        @Test
        void aConditionThatIsDeniedIsCountedTheOtherWayRound() {
            double with = count(ask(english, "How many people subscribed to the newsletter?"));
            double without =
                    count(ask(english, "How many people did not subscribe to the newsletter?"));
            assertEquals(english.customers().customers(), with + without);
        }

        @Test
        void theCommonestValueOfAFieldIsTold() {
            Answer answer = ask(english, "Which country is the most common?");
            double most = 0;
            for (String country : List.of("Germany", "France", "Italy")) {
                most = Math.max(most, customers(english, "country", country));
            }
            assertEquals(most / english.customers().customers(), count(answer), 1e-9);
        }
    }

    @Nested
    class Context {
        @Test
        void aFollowUpReplacesTheConditionOnTheSameField() {
            Answer answer = ask(english, "How many customers are from France?", "And from Italy?");
            assertEquals(customers(english, "country", "Italy"), count(answer));
        }

        @Test
        void someOfThemMeetBothConditions() {
            double italians = customers(english, "country", "Italy");
            Answer answer =
                    ask(
                            english,
                            "How many customers are from Italy?",
                            "How many of them pay by card?");
            assertTrue(count(answer) > 0 && count(answer) < italians, answer.text());
        }

        @Test
        void theyAreTheSegmentThatTheAnswerSpokeOf() {
            Answer answer = ask(english, "Which segment is the largest?", "How many are they?");
            int largest =
                    english.description().segments().stream()
                            .max(Comparator.comparingLong(SegmentProfile::size))
                            .orElseThrow()
                            .number();
            assertEquals(List.of(largest), answer.asked().orElseThrow().segments());
        }
    }

    @Nested
    class Open {
        @ParameterizedTest
        @ValueSource(strings = {"Compare the two", "Who are they?", "比较这两个", "他们是谁？"})
        void askedBackWhereNothingSaysWhichSegmentIsMeant(String question) {
            Analysis analysis =
                    ChatEngine.languageOf(question) == Language.CHINESE ? chinese : english;
            Answer answer = ask(analysis, question);
            assertEquals(List.of(Answer.Check.ASKS_BACK), answer.check().caveats());
            assertEquals(3, answer.suggestions().size());
            // Each of the choices is a question that has an answer.
            for (Answer.Suggestion choice : answer.suggestions()) {
                assertEquals(List.of(), ask(analysis, choice.text()).check().caveats());
            }
        }

        @Test
        void whatTheDataLacksIsSaidWithTheNearestThingItHas() {
            Answer answer = ask(english, "What is the average income of our customers?");
            assertEquals(List.of(Answer.Check.NOT_IN_DATA), answer.check().caveats());
            assertTrue(answer.text().contains("does not contain"), answer.text());
            assertEquals(List.of(), References.ids(answer.text()));
        }
    }
}
