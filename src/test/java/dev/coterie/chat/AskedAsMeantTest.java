package dev.coterie.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.describe.Analysis;
import dev.coterie.language.Language;
import dev.coterie.prepare.CustomerTable;
import dev.coterie.prepare.Events;
import dev.coterie.prepare.Prepared;
import dev.coterie.proof.Fact;
import dev.coterie.proof.References;
import dev.coterie.tools.Conditions;
import dev.coterie.tools.Quotation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked is answered, or it is said that it cannot be: no other question is. */
class AskedAsMeantTest {
    private static final ChatEngine ENGINE = new ChatEngine(Optional.empty(), ChatFixture.ENCODERS);
    private static final Analysis ENGLISH = shop(Language.ENGLISH);
    private static final Analysis CHINESE = shop(Language.CHINESE);

    /** The shop with things in its events, and a segment that is called like a condition. */
    private static Analysis shop(Language language) {
        Analysis plain = ChatFixture.of(language);
        boolean zh = language == Language.CHINESE;
        CustomerTable c = plain.customers();
        int[] item = new int[c.events().count()];
        for (int e = 0; e < item.length; e++) {
            int customer = c.events().customer()[e];
            item[e] = customer == 0 ? 2 : customer % 3 == 0 ? 0 : 1;
        }
        var things =
                zh
                        ? List.of("建盏 银毫", "紫砂壶", "竹茶则")
                        : List.of("Linen Dress", "Oak Table", "Brass Parcel Lamp");
        var events =
                new Events(
                        c.events().customer(),
                        c.events().epochSecond(),
                        c.events().value(),
                        item,
                        things,
                        c.events().name(),
                        c.events().names(),
                        c.events().latestEpochSecond());
        var customers =
                new CustomerTable(
                        c.ids(),
                        c.lines(),
                        c.numbers(),
                        c.categories(),
                        c.texts(),
                        events,
                        c.targets());
        Prepared p = plain.prepared();
        int renamed = ChatFixture.number(plain, 'G');
        return new Analysis(
                plain.collected(),
                new Prepared(customers, p.recipe(), p.quality(), p.rowOrder(), p.rejects()),
                plain.embeddings(),
                plain.featureModel(),
                plain.features(),
                plain.segmentation(),
                plain.description()
                        .called(Map.of(renamed, zh ? "上海的客户" : "Customers from Germany")),
                plain.notices());
    }

    private Answer ask(String question, Turn... history) {
        return ENGINE.answer(
                of(question), List.of(history), Question.of(question), ChatListener.NONE);
    }

    private Analysis of(String question) {
        return ChatEngine.languageOf(question) == Language.CHINESE ? CHINESE : ENGLISH;
    }

    private static String shown(Answer answer) {
        return References.render(
                answer.text(),
                answer.facts(),
                answer.language(),
                dev.coterie.proof.Figures.SMALL_COUNT);
    }

    private static String intent(Answer answer) {
        return answer.asked().orElseThrow().intent();
    }

    private static double first(Answer answer) {
        return answer.facts().get(References.ids(answer.text()).get(0)).value();
    }

    private static long count(Analysis analysis, IntPredicate who) {
        return IntStream.range(0, analysis.customers().customers()).filter(who).count();
    }

    private static IntPredicate left(Analysis analysis) {
        return i -> analysis.customers().targets().get(0).codes()[i] == 1;
    }

    private static IntPredicate from(Analysis analysis, int level) {
        return i -> analysis.customers().categories().get(0).codes()[i] == level;
    }

    private static double mean(Analysis analysis, IntPredicate who) {
        double[] age = analysis.customers().numbers().get(0).values();
        return IntStream.range(0, age.length)
                .filter(who)
                .mapToDouble(i -> age[i])
                .average()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "How many customers from Germany are there?",
                "How many customers are from Germany?",
                "上海的客户有多少"
            })
    void aConditionIsCountedThoughASegmentIsCalledLikeIt(String question) {
        Analysis analysis = of(question);
        assertEquals(count(analysis, from(analysis, 0)), first(ask(question)), question);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "How many customers are in “Customers from Germany”?",
                "How many customers are in the segment customers from Germany?",
                "How many people are there in Customers from Germany?",
                "客群“上海的客户”有多少人"
            })
    void aSegmentThatIsPlainlyNamedIsMeant(String question) {
        Analysis analysis = of(question);
        int segment = ChatFixture.number(analysis, 'G');
        Answer answer = ask(question);
        assertEquals(List.of(segment), answer.asked().orElseThrow().segments(), question);
        assertEquals(analysis.segmentation().size(segment - 1), first(answer), question);
    }

    @ParameterizedTest
    @CsvSource({
        "Which country has the most customers?, distribution",
        "哪个城市客户最多, distribution",
        "Which segment pays by paypal the most?, feature",
        "哪个客群用支付宝最多, feature",
        "Which segment uses coupons the most?, unknown",
        "哪个客群用优惠券最多, unknown",
        "Which warehouse has the most customers?, unknown"
    })
    void aQuestionOfValuesIsNotAnsweredWithTheLargestSegment(String question, String intent) {
        Answer answer = ask(question);
        assertEquals(intent, intent(answer), shown(answer));
    }

    @ParameterizedTest
    @ValueSource(strings = {"What, broadly, is our largest segment?", "随便问问，最大的客群是哪个？"})
    void theLargestSegmentIsFoundAmongOtherWords(String question) {
        Answer answer = ask(question);
        var segmentation = of(question).segmentation();
        int largest = IntStream.range(0, 4).map(segmentation::size).max().orElseThrow();
        assertEquals(largest, first(answer), shown(answer));
    }

    @Test
    void theSegmentWithTheLargestShareOfAValueLeads() {
        Answer answer = ask("Which segment pays by paypal the most?");
        int[] codes = ENGLISH.customers().categories().get(1).codes();
        double most = 0;
        for (int s = 0; s < ENGLISH.segmentation().k(); s++) {
            int[] members = ENGLISH.segmentation().members(s);
            double share =
                    (double) IntStream.of(members).filter(i -> codes[i] == 1).count()
                            / members.length;
            most = Math.max(most, share);
        }
        assertEquals(most, first(answer), 1e-9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"What is a typical purchase worth?", "每单平均花多少钱？"})
    void whatAPurchaseIsWorthIsTheAverageOfPurchases(String question) {
        var answer = ask(question);
        assertEquals("feature", answer.asked().orElseThrow().intent(), shown(answer));
        assertTrue(
                shown(answer).contains("average value of a purchase")
                        || shown(answer).contains("单次购买平均金额"),
                shown(answer));
    }

    @Test
    void theRarestValueIsNotTheMostCommonOne() {
        assertTrue(
                shown(ask("Which country has the fewest customers?"))
                        .startsWith("The least common"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Which segment grew the most?",
                "Which segments are shrinking?",
                "哪个客群增长最快？",
                "哪个客群变小了？"
            })
    void oneRunDoesNotTellWhichSegmentGrew(String question) {
        Answer answer = ask(question);
        assertTrue(answer.check().caveats().contains(Answer.Check.NOT_IN_DATA), shown(answer));
        assertTrue(answer.facts().isEmpty(), shown(answer));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "What is the average age of customers from Germany?",
                "average age of customers who live in Germany",
                "上海客户的平均年龄是多少？"
            })
    void aMeanIsOfThoseWhoMeetTheCondition(String question) {
        Analysis analysis = of(question);
        Answer answer = ask(question);
        double expected = mean(analysis, from(analysis, 0));
        List<Fact> told = References.ids(answer.text()).stream().map(answer.facts()::get).toList();
        assertEquals(count(analysis, from(analysis, 0)), told.get(0).value(), shown(answer));
        assertEquals(expected, told.get(1).value(), 1e-9, shown(answer));
        assertEquals(
                told.get(1).n(),
                Conditions.behind(analysis, told.get(1)).orElseThrow().rows().length);
    }

    @Test
    void aShareOfSomeIsNotTheShareOfAll() {
        Answer answer = ask("What share of customers from Germany churned?");
        long germans = count(ENGLISH, from(ENGLISH, 0));
        long lost = count(ENGLISH, from(ENGLISH, 0).and(left(ENGLISH)));
        Fact share = answer.facts().get(References.ids(answer.text()).get(1));
        assertEquals((double) lost / germans, share.value(), 1e-9, shown(answer));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "How many customers churned?",
                "Which customers closed their account?",
                "what percentage of customers churned?",
                "哪些客户流失了",
                "有多少客户流失了？"
            })
    void whoLeftIsCountedByAnyFormOfTheWord(String question) {
        Analysis analysis = of(question);
        assertEquals(count(analysis, left(analysis)), first(ask(question)), question);
    }

    @Test
    void whoStayedIsCountedToo() {
        assertEquals(count(ENGLISH, left(ENGLISH).negate()), first(ask("How many did not churn?")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"what share of customers is churned per segment?", "各客群有多少比例的客户流失了？"})
    void sharesPerSegmentAreCompared(String question) {
        Answer answer = ask(question);
        assertEquals("feature", intent(answer), shown(answer));
    }

    @ParameterizedTest
    @ValueSource(strings = {"How many customers mention delivery in segment 1?", "客群1里有多少人提到物流？"})
    void aCountWithinASegmentIsNotItsSize(String question) {
        assertEquals("count", intent(ask(question)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"compare 1, 2 and 3", "Compare segments 1, 2, and 3", "比较1、2和3"})
    void everySegmentNamedIsCompared(String question) {
        assertEquals(3, ask(question).tables().size());
    }

    @Test
    void itIsSaidWhichOfManyAreCompared() {
        Answer answer = ask("Compare segments 1, 2, 3 and 4");
        assertEquals(3, answer.tables().size());
        assertTrue(shown(answer).startsWith("One answer compares three"), shown(answer));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "who buys the Linen Dress?",
                "How many bought a linen dress?",
                "谁买了建盏",
                "有多少人买过建盏 银毫？"
            })
    void buyersOfAThingAreCounted(String question) {
        Analysis analysis = of(question);
        long buyers = count(analysis, i -> i > 0 && i % 3 == 0);
        Answer answer = ask(question);
        assertEquals(buyers, first(answer), shown(answer));
        assertEquals(analysis.segmentation().k(), answer.tables().get(0).rows().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Who bought the Brass Parcel Lamp?", "谁买了竹茶则"})
    void fewBuyersAreNotGivenAway(String question) {
        String shown = shown(ask(question));
        assertFalse(shown.matches("(?s).*\\b1 (?:customer|位).*"), shown);
        assertTrue(shown.contains("< 10") || shown.contains("少于 10"), shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"who buys the Space Shuttle?", "谁买了航天飞机"})
    void nobodyIsCountedForAThingThatIsNotSold(String question) {
        assertEquals("unknown", intent(ask(question)));
    }

    @Test
    void textsSpeakOfAThingByOneWordOfItsName() {
        Answer answer = ask("What do customers say about the Linen Dress?");
        assertFalse(answer.quotes().isEmpty(), shown(answer));
        assertTrue(
                answer.quotes().stream().anyMatch(q -> q.text().toLowerCase().contains("dress")),
                shown(answer));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "How do the segments relate to each other?",
                "Which segments are most similar?",
                "客群之间有什么关系？"
            })
    void theTreeTellsHowSegmentsRelate(String question) {
        Answer answer = ask(question);
        assertEquals("related", intent(answer));
        var lowest = of(question).description().branches().get(0);
        String shown = shown(answer);
        assertTrue(shown.contains(lowest.called(answer.language()).name()), shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Why 4 segments and not 5?", "Why are there four segments?", "为什么是4个客群？"})
    void theRunsOwnReasonForTheNumberIsGiven(String question) {
        Answer answer = ask(question);
        assertEquals("reason", intent(answer));
        String reason = of(question).segmentation().reason().in(answer.language());
        assertTrue(shown(answer).startsWith(reason), shown(answer) + " / " + reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"what do people hate the most", "what annoys customers most?", "大家最讨厌什么"})
    void onlyTextsThatFindFaultAreShownForComplaints(String question) {
        Answer answer = ask(question);
        assertFalse(answer.quotes().isEmpty(), shown(answer));
        for (Quotation quote : answer.quotes()) {
            assertTrue(dev.coterie.describe.Opinions.score(quote.text()) < 0, quote.text());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "What if customer 00123 ordered twice as often?, There is no customer “00123”",
        "如果客户00123的下单次数翻倍会怎样？, 没有客户“00123”"
    })
    void aCustomerWhoIsNotThereIsNotLookedUpAmongFields(String question, String told) {
        assertTrue(shown(ask(question)).contains(told), shown(ask(question)));
    }

    @Test
    void noSuggestionAsksForTheAverageOfAnAverage() {
        for (Analysis analysis : List.of(ENGLISH, CHINESE)) {
            Language language = analysis == CHINESE ? Language.CHINESE : Language.ENGLISH;
            String question = language == Language.CHINESE ? "员工的客单价是多少" : "basket of employees?";
            for (var s : ask(question).suggestions()) {
                assertFalse(s.text().matches("(?i).*average average.*|.*平均.*平均.*"), s.text());
            }
        }
    }
}
