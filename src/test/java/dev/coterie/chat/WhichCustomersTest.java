package dev.coterie.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.describe.Analysis;
import dev.coterie.language.Language;
import dev.coterie.proof.Figures;
import dev.coterie.proof.References;
import dev.coterie.tools.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who asks which customers they are gets some of them by id, and how many there are besides. */
class WhichCustomersTest {
    private static final ChatEngine ENGINE = new ChatEngine(Optional.empty(), ChatFixture.ENCODERS);

    private static Analysis of(String question) {
        return ChatFixture.of(ChatEngine.languageOf(question));
    }

    private static Answer ask(String question) {
        return ENGINE.answer(of(question), List.of(), Question.of(question), ChatListener.NONE);
    }

    private static String shown(Answer answer) {
        return References.render(
                answer.text(), answer.facts(), answer.language(), Figures.SMALL_COUNT);
    }

    private static List<String> ids(Answer answer) {
        Table last = answer.tables().get(answer.tables().size() - 1);
        return last.rows().stream().map(row -> row.get(0).text()).toList();
    }

    private static double[] totals(Analysis analysis) {
        var events = analysis.customers().events();
        double[] total = new double[analysis.customers().customers()];
        for (int e = 0; e < events.count(); e++) total[events.customer()[e]] += events.value()[e];
        return total;
    }

    /** Ids of the customers with the highest figures. */
    private static List<String> highest(Analysis analysis, double[] figure, int most) {
        return IntStream.range(0, figure.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -figure[i]))
                .limit(most)
                .map(analysis.customers().ids()::get)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Which customers spend the most?",
                "Who are our most valuable customers?",
                "Top 10 customers",
                "哪些客户最值钱？",
                "哪些客户花钱最多？",
                "前10名客户是谁？"
            })
    void thoseWorthMostStandFirst(String question) {
        Analysis analysis = of(question);
        Answer answer = ask(question);
        assertEquals(highest(analysis, totals(analysis), 10), ids(answer), shown(answer));
        int all = analysis.customers().customers();
        assertTrue(shown(answer).contains(String.valueOf(all - 10)), shown(answer));
    }

    @ParameterizedTest
    @CsvSource({"Which customers are the oldest?, 10", "前3名年龄最大的客户, 3"})
    void anyFigureOfACustomerOrdersThem(String question, int most) {
        Analysis analysis = of(question);
        double[] age = analysis.customers().numbers().get(0).values();
        double least =
                IntStream.range(0, age.length)
                        .mapToDouble(i -> -age[i])
                        .sorted()
                        .toArray()[most - 1];
        Answer answer = ask(question);
        assertEquals(most, ids(answer).size(), shown(answer));
        for (String id : ids(answer)) {
            assertTrue(age[analysis.customers().ids().indexOf(id)] >= -least, id);
        }
        assertFalse(shown(answer).contains("不公开"), shown(answer));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Which customers from Germany spend the most?", "哪些上海的客户花钱最多？"})
    void onlyThoseWhoMeetTheConditionAreListed(String question) {
        Analysis analysis = of(question);
        int[] place = analysis.customers().categories().get(0).codes();
        double[] total = totals(analysis);
        for (int i = 0; i < total.length; i++) if (place[i] != 0) total[i] = -1e9;
        assertEquals(highest(analysis, total, 10), ids(ask(question)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Which customers churned?", "哪些客户流失了？"})
    void aCountNamesSomeOfThoseCounted(String question) {
        Analysis analysis = of(question);
        int[] left = analysis.customers().targets().get(0).codes();
        Answer answer = ask(question);
        assertEquals(10, ids(answer).size());
        for (String id : ids(answer)) {
            assertEquals(1, left[analysis.customers().ids().indexOf(id)], id);
        }
        long all = IntStream.of(left).filter(code -> code == 1).count();
        assertTrue(shown(answer).contains(String.valueOf(all - 10)), shown(answer));
    }

    @ParameterizedTest
    @ValueSource(strings = {"List the customers in segment 2", "列出第2群的客户"})
    void membersOfASegmentAreListed(String question) {
        Analysis analysis = of(question);
        Answer answer = ask(question);
        assertEquals(10, ids(answer).size(), shown(answer));
        for (String id : ids(answer)) {
            int row = analysis.customers().ids().indexOf(id);
            assertEquals(1, analysis.segmentation().labels()[row], id);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Which customers from Germany are over 55?", "哪些上海的客户年龄超过55岁？"})
    void fewAreNotListed(String question) {
        Answer answer = ask(question);
        assertEquals(1, answer.citations().size(), shown(answer));
        assertFalse(shown(answer).matches("(?s).*C\\d{4}.*"), shown(answer));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Which female customers spend the most?", "哪些女性客户花钱最多？"})
    void aConditionThatTheDataDoesNotHaveIsNotPassedOver(String question) {
        Answer answer = ask(question);
        assertTrue(answer.check().caveats().contains(Answer.Check.NOT_IN_DATA), shown(answer));
    }

    @ParameterizedTest
    @CsvSource({
        "Roughly how many customers churned?, How many customers churned?",
        "Approximately how many customers are from Germany?, How many customers are from Germany?",
        "大概有多少客户流失了？, 有多少客户流失了？",
        "上海的客户大约有多少？, 上海的客户有多少？"
    })
    void roughlyHowManyIsHowMany(String roughly, String exactly) {
        assertEquals(shown(ask(exactly)), shown(ask(roughly)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Compare segments 1, 2 and 3", "比较前三个客群"})
    void sizesOfThreeAreToldOnce(String question) {
        Answer answer = ask(question);
        var sizes = new ArrayList<String>();
        for (String id : References.ids(answer.text())) {
            if (answer.facts().get(id).label().key().equals("describe.fact.size")) sizes.add(id);
        }
        assertEquals(3, sizes.size(), shown(answer));
    }

    @ParameterizedTest
    @ValueSource(strings = {"How do segments 1, 2 and 3 differ in age?", "比较第1、2、3群的年龄"})
    void aFigureAskedForIsCompared(String question) {
        Answer answer = ask(question);
        assertEquals(1, answer.tables().size(), shown(answer));
        assertEquals(4, References.ids(answer.text()).size(), shown(answer));
    }

    @ParameterizedTest
    @CsvSource({
        "how many customers spent more than 300?, 300",
        "消费超过300元的客户有多少？, 300",
        "'消费超过1,000元的客户有多少？', 1000"
    })
    void whatTheySpentIsACondition(String question, double least) {
        Analysis analysis = of(question);
        long expected = java.util.Arrays.stream(totals(analysis)).filter(t -> t > least).count();
        Answer answer = ask(question);
        assertEquals(
                (double) expected,
                answer.facts().get(References.ids(answer.text()).get(0)).value(),
                shown(answer));
    }

    @Test
    void womenAreNotCountedWhereNothingTellsTheSex() {
        Answer answer = ask("How many women are over 40?");
        assertTrue(answer.check().caveats().contains(Answer.Check.NOT_IN_DATA), shown(answer));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Who is customer C0017?", "客户C0017是什么样的人？"})
    void oneCustomerIsToldOfAndNotThoseLikeIt(String question) {
        assertTrue(ask(question).tables().get(0).title().contains("C0017"));
        assertEquals(2, ask(question).tables().get(0).columns().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"除了上海以外的客户有多少？", "How many customers are there except from Germany?"})
    void thoseLeftOutAreNotCounted(String question) {
        Analysis analysis = of(question);
        int[] place = analysis.customers().categories().get(0).codes();
        long others = IntStream.of(place).filter(code -> code != 0).count();
        Answer answer = ask(question);
        assertEquals(
                (double) others,
                answer.facts().get(References.ids(answer.text()).get(0)).value(),
                shown(answer));
    }

    @ParameterizedTest
    @ValueSource(strings = {"年龄最大的是哪一群？", "What do people complain about most?"})
    void theMostOfSomethingIsNoWordToLookFor(String question) {
        Answer answer = ask(question);
        assertFalse(answer.check().caveats().contains(Answer.Check.NOT_IN_DATA), shown(answer));
        assertFalse(shown(answer).contains("“most”"), shown(answer));
    }

    @ParameterizedTest
    @ValueSource(strings = {"The 3 customers who spend the least", "消费最少的3位客户"})
    void thoseWithTheLeastAreTheOthers(String question) {
        Analysis analysis = of(question);
        double[] least = java.util.Arrays.stream(totals(analysis)).map(t -> -t).toArray();
        assertEquals(highest(analysis, least, 3), ids(ask(question)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"上海的客户流失率是多少？", "What is the churn rate of customers from Germany?"})
    void aRateOfSomeIsNotThatOfAll(String question) {
        Analysis analysis = of(question);
        int[] place = analysis.customers().categories().get(0).codes();
        int[] left = analysis.customers().targets().get(0).codes();
        double some = IntStream.of(place).filter(code -> code == 0).count();
        double lost =
                IntStream.range(0, place.length).filter(i -> place[i] == 0 && left[i] == 1).count();
        Answer answer = ask(question);
        assertTrue(
                References.ids(answer.text()).stream()
                        .map(answer.facts()::get)
                        .anyMatch(f -> Math.abs(f.value() - lost / some) < 1e-9),
                shown(answer));
    }

    @ParameterizedTest
    @ValueSource(strings = {"各城市有多少客户？", "How many customers are there in each country?"})
    void howManyOfEachIsHowTheySpread(String question) {
        assertEquals("distribution", ask(question).asked().orElseThrow().intent());
    }

    @Test
    void oldCustomersAreNotAllCustomers() {
        Answer answer = ask("老客户有多少？");
        assertTrue(answer.facts().isEmpty(), shown(answer));
    }

    @Test
    void theLanguageOfTheQuestionIsThatOfTheList() {
        assertEquals(Language.CHINESE, ask("哪些客户最值钱？").language());
        assertTrue(shown(ask("哪些客户最值钱？")).contains("从高到低"));
    }
}
