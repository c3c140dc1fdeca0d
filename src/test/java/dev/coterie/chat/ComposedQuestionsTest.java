package dev.coterie.chat;

import static dev.coterie.chat.Asking.ask;
import static dev.coterie.chat.Asking.shown;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.describe.Analysis;
import dev.coterie.prepare.CustomerText;
import dev.coterie.proof.Fact;
import dev.coterie.proof.References;
import dev.coterie.tools.Conditions;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two questions in one, values of a column side by side, ratings, places and complaints. */
class ComposedQuestionsTest {
    private static List<Double> figures(Answer answer) {
        return References.ids(answer.text()).stream()
                .map(answer.facts()::get)
                .map(Fact::value)
                .toList();
    }

    /** What the customers with a value of the category column spent, each on average. */
    private static double spent(Analysis analysis, int column, int level) {
        int[] codes = analysis.customers().categories().get(column).codes();
        var events = analysis.customers().events();
        double sum = 0;
        for (int e = 0; e < events.count(); e++) {
            if (codes[events.customer()[e]] == level) sum += events.value()[e];
        }
        return sum / IntStream.of(codes).filter(code -> code == level).count();
    }

    private static boolean holds(Answer answer, double value) {
        return figures(answer).stream().anyMatch(f -> Math.abs(f - value) < 1e-9 * value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "How many customers are from Germany and what do they spend on average?",
                "How many customers are from Germany? What do they spend on average?",
                "有多少上海的客户？他们平均消费多少？"
            })
    void bothPartsAreAnsweredAndTheSecondIsOfThoseCounted(String question) {
        Analysis analysis = Asking.of(question);
        int[] place = analysis.customers().categories().get(0).codes();
        Answer answer = ask(question);
        double count = IntStream.of(place).filter(code -> code == 0).count();
        assertEquals(count, figures(answer).get(0), shown(answer));
        assertTrue(holds(answer, spent(analysis, 0, 0)), shown(answer));
    }

    @ParameterizedTest
    @CsvSource({
        "'How many customers are from Germany? What do they spend on average?', and from France?",
        "有多少上海的客户？他们平均消费多少？, 那北京的呢？"
    })
    void theNextQuestionGoesOnFromTheSecondPart(String question, String next) {
        Question both = Question.of(question);
        Answer answer = ask(next, new Turn(both, ask(question)));
        assertTrue(holds(answer, spent(Asking.of(question), 0, 1)), shown(answer));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Which spend more, card or paypal customers?",
                "Do card customers spend more than paypal customers?",
                "信用卡和支付宝的客户谁花得更多？"
            })
    void valuesOfAColumnAreComparedByAFigure(String question) {
        Analysis analysis = Asking.of(question);
        Answer answer = ask(question);
        assertEquals(3, figures(answer).size(), shown(answer));
        assertTrue(holds(answer, spent(analysis, 1, 0)), shown(answer));
        assertTrue(holds(answer, spent(analysis, 1, 1)), shown(answer));
    }

    @ParameterizedTest
    @CsvSource({
        "How many customers gave 2 stars?, 2, true",
        "How many customers never gave 2 stars?, 2, false",
        "有多少人给过2分？, 2, true",
        "没给过2分的客户有多少？, 2, false"
    })
    void aRatingGivenIsACondition(String question, double rating, boolean given) {
        Analysis analysis = Asking.of(question);
        long raters =
                analysis.customers().texts().stream()
                        .filter(t -> t.rating() == rating)
                        .mapToInt(CustomerText::customer)
                        .distinct()
                        .count();
        long expected = given ? raters : analysis.customers().customers() - raters;
        Answer answer = ask(question);
        assertEquals((double) expected, figures(answer).get(0), shown(answer));
        Fact fact = answer.facts().get(References.ids(answer.text()).get(0));
        assertEquals(fact.n(), Conditions.behind(analysis, fact).orElseThrow().rows().length);
    }

    @ParameterizedTest
    @CsvSource({
        "How many customers gave 4 stars or more?, >=, 4",
        "How many customers gave at least four stars?, >=, 4",
        "How many customers gave 4+ stars?, >=, 4",
        "How many customers gave us 2 or fewer stars?, <=, 2",
        "How many customers gave less than 3 stars?, <, 3",
        "How many customers gave more than 3 stars?, >, 3",
        "有多少人给过4分以上？, >=, 4",
        "打过不超过2分的客户有多少？, <=, 2",
        "有多少客户给过低于3星的评价, <, 3"
    })
    void aBoundOnARatingIsHeldByWhoGaveOneWithinIt(String question, String op, double bound) {
        Analysis analysis = Asking.of(question);
        DoublePredicate within =
                switch (op) {
                    case ">=" -> r -> r >= bound;
                    case "<=" -> r -> r <= bound;
                    case "<" -> r -> r < bound;
                    default -> r -> r > bound;
                };
        long expected =
                analysis.customers().texts().stream()
                        .filter(t -> within.test(t.rating()))
                        .mapToInt(CustomerText::customer)
                        .distinct()
                        .count();
        Answer answer = ask(question);
        assertEquals((double) expected, figures(answer).get(0), shown(answer));
        Fact fact = answer.facts().get(References.ids(answer.text()).get(0));
        assertEquals(fact.n(), Conditions.behind(analysis, fact).orElseThrow().rows().length);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "How many customers never gave more than 3 stars?",
                "How many customers have not given at least 4 stars?",
                "从没给过4分以上的客户有多少？"
            })
    void aDeniedBoundIsNotTurnedIntoTheOtherSide(String question) {
        Answer answer = ask(question);
        assertTrue(answer.check().caveats().contains(Answer.Check.NOT_IN_DATA), shown(answer));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Where do customers of segment 1 live?", "第1群住在哪里"})
    void whereASegmentLivesIsHowItsPlacesSpread(String question) {
        Analysis analysis = Asking.of(question);
        int[] place = analysis.customers().categories().get(0).codes();
        int[] labels = analysis.segmentation().labels();
        double[] counts = new double[3];
        for (int i = 0; i < place.length; i++) if (labels[i] == 0) counts[place[i]]++;
        double most = Arrays.stream(counts).max().orElseThrow() / analysis.segmentation().size(0);
        Answer answer = ask(question);
        assertEquals(most, figures(answer).get(0), 1e-9, shown(answer));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Which segment complains most?", "哪个客群抱怨最多？"})
    void theRatingStandsInForComplaintsAndIsSaidTo(String question) {
        Answer answer = ask(question);
        assertEquals("feature", answer.asked().orElseThrow().intent(), shown(answer));
        assertTrue(shown(answer).matches("(?s)(?:Complaints are not counted|数据里没有统计抱怨).*"));
        assertEquals(3, figures(answer).size(), shown(answer));
    }
}
