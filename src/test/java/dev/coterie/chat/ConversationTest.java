package dev.coterie.chat;

import static dev.coterie.chat.Asking.ask;
import static dev.coterie.chat.Asking.count;
import static dev.coterie.chat.Asking.customers;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.describe.Analysis;
import dev.coterie.describe.SegmentProfile;
import dev.coterie.language.Language;
import dev.coterie.proof.References;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A question takes over what it leaves out from those before it. */
class ConversationTest {
    private final Analysis english = ChatFixture.of(Language.ENGLISH);
    private final Analysis chinese = ChatFixture.of(Language.CHINESE);

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
                    Asking.ENGINE.answer(
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
}
