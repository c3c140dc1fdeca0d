package dev.coterie.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.describe.Analysis;
import dev.coterie.describe.Attributes;
import dev.coterie.language.Language;
import dev.coterie.proof.References;
import dev.coterie.tools.Fields;
import dev.coterie.words.Sense;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoublePredicate;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Questions that count, read as they are meant or refused. */
class ConditionsTest {
    private final ChatEngine engine = new ChatEngine(Optional.empty(), ChatFixture.ENCODERS);
    private final Analysis english = ChatFixture.of(Language.ENGLISH);

    private static Analysis data(String question) {
        return ChatFixture.of(ChatEngine.languageOf(question));
    }

    private Answer ask(String question) {
        return engine.answer(data(question), List.of(), Question.of(question), ChatListener.NONE);
    }

    private double count(String question) {
        Answer answer = ask(question);
        assertEquals("count", answer.asked().orElseThrow().intent(), answer.text());
        return answer.facts().get(References.ids(answer.text()).get(0)).value();
    }

    private static double customers(Analysis analysis, Sense sense, DoublePredicate holds) {
        return Attributes.of(analysis.customers()).stream()
                .filter(a -> a.sense() == sense)
                .limit(1)
                .flatMapToDouble(a -> Arrays.stream(a.values()))
                .filter(holds)
                .count();
    }

    private double writers(String... words) {
        return english.customers().texts().stream()
                .map(t -> t.customer())
                .distinct()
                .filter(c -> Arrays.stream(words).allMatch(w -> writes(c, w)))
                .count();
    }

    private boolean writes(int customer, String word) {
        return english.customers().texts().stream()
                .filter(t -> t.customer() == customer)
                .anyMatch(t -> t.text().toLowerCase(Locale.ROOT).matches(".*\\b" + word + "\\b.*"));
    }

    @Nested
    class Denied {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "How many customers are not older than 40?",
                    "How many customers are no older than 40?",
                    "How many customers aren't over 40?",
                    "How many customers aren’t older than 40?",
                    "How many customers are at most 40?",
                    "年龄不大于40岁的客户有多少？",
                    "不大于40岁的客户有多少？"
                })
        void anAgeThatIsDeniedCountsTheOthers(String question) {
            assertEquals(
                    customers(data(question), Sense.AGE, v -> v <= 40),
                    count(question),
                    0,
                    question);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "How many customers do not have more than 3 orders?",
                    "How many customers have no more than 3 orders?",
                    "How many customers don't have more than 3 orders?",
                    "订单数不多于3单的客户有多少？"
                })
        void ordersThatAreDeniedCountTheOthers(String question) {
            double expected = customers(data(question), Sense.FREQUENCY, v -> v <= 3);
            assertTrue(expected > 0);
            assertEquals(expected, count(question), question);
        }

        @Test
        void aWordOrAnOutlierThatIsDeniedCountsTheOthers() {
            int all = english.customers().customers();
            double with = count("How many customers mention vouchers?");
            assertEquals(all - with, count("How many customers do not mention vouchers?"));
            int outliers = english.segmentation().outliers();
            assertEquals(all - outliers, count("How many customers are not outliers?"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "How many customers are not between 20 and 30 years old?",
                    "How many customers never ever are older than 40?"
                })
        void aDenialThatBelongsToNothingIsNotPassedOver(String question) {
            Answer answer = ask(question);
            assertEquals(List.of(), References.ids(answer.text()), answer.text());
        }
    }

    @Nested
    class Mentioned {
        @Test
        void articlesAreNoTopicAndAPhraseIsAllItsWords() {
            assertEquals(writers("delivery"), count("How many customers mention the delivery?"));
            assertEquals(
                    writers("late", "delivery"),
                    count("How many customers complain about late delivery?"));
            assertEquals(
                    writers("gift"), count("How many people talk about their gifts?"), "gifts");
        }

        @ParameterizedTest
        @CsvSource({
            "the app was fine, app, true",
            "it applies to me, app, false",
            "a sad story, stores, false",
            "both stores were shut, store, true",
            "late deliveries, delivery, true",
            "she loved it, love, true",
            "gloves for all, love, false",
            "尺码不对, 尺码, true"
        })
        void aWordIsFoundInItsFormsAndInNoOtherWord(String text, String word, boolean found) {
            assertEquals(found, Fields.contains(text, word));
        }
    }

    @Nested
    class Named {
        @Test
        void aCustomerIsFoundWhoseIdLooksLikeAShortForm() {
            var loose =
                    new LooseWords(
                            Language.ENGLISH,
                            java.util.Set.of("customer"),
                            new Fields(english),
                            List.of());
            assertEquals("Who is customer U0017?", loose.plain("Who is customer U0017?"));
            assertEquals("Who is customer v-12?", loose.plain("Who is cust v-12?"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"有多少客户30岁以上？", "客户30岁以上的有多少？"})
        void anAgeIsNoCustomer(String question) {
            assertEquals(customers(data(question), Sense.AGE, v -> v >= 30), count(question));
        }

        @Test
        void aRangeOfAgesIsNoCustomer() {
            double expected = customers(english, Sense.AGE, v -> v >= 18 && v <= 24);
            assertEquals(expected, count("How many customers 18-24 are there?"));
        }

        @Test
        void anIdOfDigitsAloneIsStillOne() {
            Answer answer = ask("Who is customer 99999?");
            assertTrue(answer.text().contains("99999"), answer.text());
            assertFalse(answer.text().contains("{{"), answer.text());
            assertNotEquals("count", answer.asked().orElseThrow().intent());
        }
    }
}
