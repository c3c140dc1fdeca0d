package dev.coterie.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.describe.Analysis;
import dev.coterie.error.InvalidInputException;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.predict.Forecast;
import dev.coterie.predict.Prediction;
import dev.coterie.prepare.CustomerInput;
import dev.coterie.proof.Fact;
import dev.coterie.proof.References;
import dev.coterie.segment.CutAssigner;
import dev.coterie.tools.Quotation;
import dev.coterie.tools.Workbench;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who an answer is about: all that a question names, and nobody from the question before. */
class FollowUpsTest {
    private final ChatEngine engine = new ChatEngine(Optional.empty(), ChatFixture.ENCODERS);

    private Answer ask(String... questions) {
        Analysis analysis = ChatFixture.of(ChatEngine.languageOf(questions[0]));
        var turns = new ArrayList<Turn>();
        Answer answer = null;
        for (String text : questions) {
            Question question = Question.of(text);
            answer = engine.answer(analysis, turns, question, ChatListener.NONE);
            turns.add(new Turn(question, answer));
        }
        return answer;
    }

    @Nested
    class Subjects {
        @ParameterizedTest
        @CsvSource({
            "How big is segment 2?, and customer C0017?",
            "What makes segment 2 different?, What about customer C0017?",
            "Compare the two, and customer C0017?",
            "客群2有多少人？, 那客户C0017呢？"
        })
        void aCustomerAfterASegmentIsAQuestionOfItsOwn(String first, String then) {
            Answer answer = ask(first, then);
            assertEquals("customer", answer.asked().orElseThrow().intent(), answer.text());
            assertEquals(16, answer.asked().orElseThrow().customer());
        }

        @ParameterizedTest
        @CsvSource({
            "Who is customer C0017?, and segment 3?",
            "Who is like customer C0017?, and segment 3?",
            "客户C0017是谁？, 那客群3呢？"
        })
        void aSegmentAfterACustomerIsAQuestionOfItsOwn(String first, String then) {
            Answer.Asked asked = ask(first, then).asked().orElseThrow();
            assertFalse(Set.of("customer", "similar", "unknown").contains(asked.intent()));
            assertEquals(List.of(3), asked.segments());
            assertEquals(-1, asked.customer());
        }

        @Test
        void theLargestSegmentIsNoTopic() {
            Answer answer =
                    ask("What do customers say about delivery?", "and the largest segment?");
            assertFalse(answer.asked().orElseThrow().topic().contains("largest"), answer.text());
        }
    }

    @Nested
    class Several {
        private static Set<Integer> told(Answer answer) {
            return References.ids(answer.text()).stream()
                    .map(answer.facts()::get)
                    .map(Fact::segment)
                    .filter(s -> s > 0)
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "How many customers from Germany are in segments 1 and 3?",
                    "What is the average age in segments 1 and 3?",
                    "What is the most common country in segments 1 and 3?",
                    "How many outliers are in segments 1 and 3?",
                    "How stable are segments 1 and 3?",
                    "客群1和客群3的平均年龄是多少？"
                })
        void anAnswerTellsOfEverySegmentThatIsNamed(String question) {
            Answer answer = ask(question);
            assertEquals(Set.of(1, 3), told(answer), answer.text());
        }

        @Test
        void quotesOfAllComeFromEverySegment() {
            Answer answer = ask("Show me some quotes");
            assertEquals(
                    Set.of(1, 2, 3, 4),
                    answer.quotes().stream().map(Quotation::segment).collect(Collectors.toSet()));
        }
    }

    /** A workbench whose every work is refused for a reason. */
    private record Refusing(Message why) implements Workbench {
        @Override
        public CutAssigner.Assigned assign(List<CustomerInput> customers) {
            throw new InvalidInputException(why);
        }

        @Override
        public Forecast forecast(String target) {
            throw new InvalidInputException(why);
        }

        @Override
        public List<Prediction> predict(String target, List<CustomerInput> customers) {
            throw new InvalidInputException(why);
        }

        @Override
        public Optional<Written> brief(int segment) {
            return Optional.empty();
        }

        @Override
        public String segmentId(int segment) {
            return "seg_" + segment;
        }

        @Override
        public String customerId(int row) {
            return "cus_" + row;
        }

        @Override
        public OptionalInt customerRow(String id) {
            return OptionalInt.empty();
        }
    }

    @ParameterizedTest
    @CsvSource({"Who is most likely to churn?, ENGLISH", "哪个客群最可能流失？, CHINESE"})
    void whyThereIsNoForecastIsToldInTheReadersLanguage(String question, Language language) {
        var why = Message.of("predict.too_few_rows", "rows", 3, "column", "churned", "least", 20);
        Answer answer =
                engine.answer(
                        ChatFixture.of(language),
                        Optional.of(new Refusing(why)),
                        List.of(),
                        Question.of(question),
                        ChatListener.NONE);
        assertTrue(answer.text().contains(why.in(language)), answer.text());
    }
}
