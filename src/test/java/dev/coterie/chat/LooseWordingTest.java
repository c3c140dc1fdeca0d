package dev.coterie.chat;

import static dev.coterie.chat.Asking.ask;
import static dev.coterie.chat.Asking.count;
import static dev.coterie.chat.Asking.customers;
import static dev.coterie.chat.Asking.shown;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.describe.Analysis;
import dev.coterie.language.Language;
import dev.coterie.proof.Fact;
import dev.coterie.proof.References;
import dev.coterie.tools.Conditions;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Loose, misspelt and open questions are read as they are meant. */
class LooseWordingTest {
    private final Analysis english = ChatFixture.of(Language.ENGLISH);
    private final Analysis chinese = ChatFixture.of(Language.CHINESE);

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
                    dev.coterie.proof.Figures.show(
                            segments, Language.ENGLISH, dev.coterie.proof.Figures.SMALL_COUNT);
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
