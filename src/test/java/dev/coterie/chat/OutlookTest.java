package dev.coterie.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.coterie.describe.Analysis;
import dev.coterie.error.InvalidInputException;
import dev.coterie.language.Language;
import dev.coterie.proof.Fact;
import dev.coterie.proof.Figures;
import dev.coterie.proof.References;
import dev.coterie.tools.Desk;
import dev.coterie.tools.FactBook;
import dev.coterie.tools.Fields;
import dev.coterie.tools.Proposal;
import dev.coterie.tools.ToolResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Forecasts, scenarios and briefs in chat: the tools by themselves and the questions people ask.
 */
class OutlookTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final ChatEngine engine = new ChatEngine(Optional.empty(), ChatFixture.ENCODERS);

    private ToolResult call(Language language, String tool, String args) {
        Analysis analysis = ChatFixture.of(language);
        try {
            return engine.tools(analysis, Optional.of(ChatFixture.workbench(analysis)), language)
                    .call(tool, JSON.readTree(args));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /** What was said, with its figures in place. */
    private record Said(Answer answer, List<ToolResult> results) {
        String text() {
            return References.render(
                    answer.text(), answer.facts(), answer.language(), Figures.SMALL_COUNT);
        }

        String tool() {
            return results.stream().map(ToolResult::tool).findFirst().orElse("-");
        }
    }

    private Said ask(List<Turn> history, String question) {
        Analysis analysis = ChatFixture.of(ChatEngine.languageOf(question));
        var results = new ArrayList<ToolResult>();
        Answer answer =
                engine.answer(
                        analysis,
                        Optional.of(ChatFixture.workbench(analysis)),
                        history,
                        Question.of(question),
                        event -> {
                            if (event instanceof ChatEvent.ToolDone d) results.add(d.result());
                        });
        for (String id : References.ids(answer.text())) assertTrue(answer.facts().containsKey(id));
        return new Said(answer, results);
    }

    @Nested
    class Tools {
        @Test
        void driversComeWithTheMeansOfThoseWhoLeftAndThoseWhoDidNot() {
            ToolResult result = call(Language.ENGLISH, "get_drivers", "{}");
            List<Fact> falls =
                    result.facts().stream()
                            .filter(f -> f.label().key().equals("chat.fact.driver"))
                            .toList();
            assertFalse(falls.isEmpty());
            for (int i = 1; i < falls.size(); i++) {
                assertTrue(falls.get(i - 1).value() >= falls.get(i).value());
            }
            assertTrue(
                    result.facts().stream()
                            .anyMatch(f -> f.filter().key().equals("chat.filter.target")));
        }

        @Test
        void theForecastIsHighestWhereMostLeft() {
            ToolResult result = call(Language.ENGLISH, "predict", "{\"target\":\"churned\"}");
            assertEquals(highest(result, "probability_seen"), highest(result, "probability"));
        }

        private int highest(ToolResult result, String what) {
            return result.facts().stream()
                    .filter(f -> f.label().key().equals("chat.fact." + what))
                    .max((a, b) -> Double.compare(a.value(), b.value()))
                    .orElseThrow()
                    .segment();
        }

        @Test
        void aTextOfAGroupIsPlacedInItsSegment() {
            Analysis analysis = ChatFixture.of(Language.ENGLISH);
            ToolResult result =
                    call(
                            Language.ENGLISH,
                            "assign_customers",
                            "{\"text\":\"The dress runs small, I had to send it back.\"}");
            assertEquals(ChatFixture.number(analysis, 'R'), result.facts().get(0).segment());
            double sum = result.facts().stream().mapToDouble(Fact::value).sum();
            assertTrue(sum > 0.5 && sum <= 1 + 1e-9);
        }

        @Test
        void aCustomerAsItIsStaysWhereItIs() {
            Analysis analysis = ChatFixture.of(Language.ENGLISH);
            for (int row : new int[] {3, 70, 120, 160}) {
                String args =
                        "{\"customer\":\"C%04d\",\"measure\":\"orders\",\"change\":\"double\"}"
                                .formatted(row + 1);
                Fact now = call(Language.ENGLISH, "what_if", args).facts().get(0);
                assertEquals(analysis.segmentation().labels()[row] + 1, now.segment());
                assertEquals(analysis.segmentation().confidence()[row], now.value(), 0.05);
            }
        }

        /** Each column of texts has words of its own in a forecast; one here is called "text". */
        @Test
        void aCustomerAsItIsHasTheForecastOfItselfWithTwoColumnsOfTexts() throws IOException {
            Analysis analysis = ChatFixture.withHeadlines();
            var tools =
                    engine.tools(
                            analysis,
                            Optional.of(ChatFixture.workbench(analysis)),
                            Language.ENGLISH);
            for (String customer : List.of("C0004", "C0071", "C0121", "C0161")) {
                String args = "{\"customer\":\"" + customer + "\",";
                var now = JSON.readTree(args + "\"measure\":\"orders\",\"change\":\"half\"}");
                var ahead = JSON.readTree(args + "\"target\":\"churned\"}");
                assertEquals(
                        probability(tools.call("predict", ahead)),
                        probability(tools.call("what_if", now)),
                        1e-9,
                        customer);
            }
        }

        private double probability(ToolResult result) {
            return result.facts().stream()
                    .filter(f -> f.label().key().equals("chat.fact.probability"))
                    .findFirst()
                    .orElseThrow()
                    .value();
        }

        @Test
        void anotherNumberOfSegmentsHoldsTheSameCustomers() {
            ToolResult result = call(Language.ENGLISH, "what_if", "{\"segments\":3}");
            double all =
                    result.facts().stream()
                            .filter(f -> f.label().key().equals("chat.fact.part"))
                            .mapToDouble(Fact::value)
                            .sum();
            assertEquals(180, all);
            assertEquals(3, result.table().orElseThrow().rows().size());
        }

        @Test
        void anotherBalanceGroupsEveryCustomerAgain() {
            ToolResult result =
                    call(Language.ENGLISH, "what_if", "{\"block\":\"text\",\"change\":\"triple\"}");
            double all =
                    result.facts().stream()
                            .filter(f -> f.label().key().equals("chat.fact.group_share"))
                            .mapToDouble(Fact::value)
                            .sum();
            assertEquals(1, all, 1e-9);
            List<Fact> agreement = result.facts().subList(0, 2);
            assertTrue(agreement.get(0).value() > 0.8, agreement.toString());
            assertTrue(agreement.get(1).value() <= 1, agreement.toString());
        }

        @Test
        void aBriefIsOnlyProposedAndTheModelDoesNotSeeTheToken() {
            ToolResult result =
                    call(
                            Language.ENGLISH,
                            "make_brief",
                            "{\"segment\":\"seg_1\",\"goal\":\"retain\"}");
            Proposal proposal = result.proposal().orElseThrow();
            assertEquals("retain", proposal.args().get("goal"));
            Analysis analysis = ChatFixture.of(Language.ENGLISH);
            var desk =
                    new Desk(
                            analysis,
                            new Fields(analysis),
                            new FactBook(analysis, List.of()),
                            Optional.empty(),
                            Language.ENGLISH,
                            10,
                            Optional.empty());
            assertFalse(new ToolFrames(desk, "mark").frame(result).contains(proposal.token()));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "get_drivers | {\"target\":\"profit\"} | churned",
                    "predict | {\"customer\":\"nobody\"} | no such customer",
                    "assign_customers | {} | give a text",
                    "assign_customers | {\"profile\":[{\"field\":\"age\",\"op\":\">\",\"value\":3}]} | = only",
                    "what_if | {} | give segments",
                    "what_if | {\"segments\":1} | from 2 to",
                    "what_if | {\"segments\":3,\"customer\":\"C0002\",\"measure\":\"orders\",\"change\":\"half\"} | give segments",
                    "what_if | {\"customer\":\"C0002\",\"measure\":\"orders\",\"change\":\"tenfold\"} | one of half, double, triple",
                    "get_brief | {\"segment\":\"seg_1\"} | no brief",
                    "make_brief | {\"segment\":\"seg_9\"} | seg_1 to seg_4",
                    "make_brief | {\"segment\":\"seg_1\",\"goal\":\"sell\"} | one of retain",
                })
        void aWrongCallSaysWhatWouldBeRight(String tool, String args, String hint) {
            var e =
                    assertThrows(
                            InvalidInputException.class, () -> call(Language.ENGLISH, tool, args));
            assertTrue(e.getMessage().contains(hint), e.getMessage());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "predict | {\"customer\":\"nobody\"} | 没有这位客户",
                "what_if | {\"segments\":1} | segments 必须在 2 到",
                "get_segment | {\"segment\":\"seg_9\"} | segment 必须是 seg_1 到 seg_4",
            })
    void aWrongCallIsExplainedInTheReadersLanguage(String tool, String args, String hint) {
        var e = assertThrows(InvalidInputException.class, () -> call(Language.CHINESE, tool, args));
        String said = e.message().in(Language.CHINESE);
        assertTrue(said.contains(hint), said);
    }

    @Nested
    class Questions {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "What drives churn? | get_drivers",
                    "why do customers leave? | get_drivers",
                    "Which factors influence whether they quit? | get_drivers",
                    "What is the churn risk of segment 1? | predict",
                    "Which segment is most likely to churn? | predict",
                    "How likely is customer C0003 to churn? | predict",
                    "Which segment would a customer who wrote 'the parcel came late again' land in? | assign_customers",
                    "What if customer C0003 orders twice as often? | what_if",
                    "What if there were three segments? | what_if",
                    "What if reviews counted twice as much? | what_if",
                    "How would the groups look if what people do mattered less? | what_if",
                    "Make a brief for segment 2 | make_brief",
                    "Please write a marketing brief to win back segment 1 by email | make_brief",
                    "客户流失的原因是什么？ | get_drivers",
                    "什么因素影响流失？ | get_drivers",
                    "哪个客群最可能流失？ | predict",
                    "写了“快递又晚到了”的新客户会属于哪个客群？ | assign_customers",
                    "如果客户C0003的下单次数翻倍会怎样？ | what_if",
                    "如果分成三个客群呢？ | what_if",
                    "如果评论的权重加倍会怎样？ | what_if",
                    "为客群2写一份简报 | make_brief",
                })
        void areUnderstood(String question, String tool) {
            Said said = ask(List.of(), question);
            assertEquals(tool, said.tool(), said.text());
            assertFalse(said.answer().check().caveats().contains("not_in_data"), said.text());
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '"',
                value = {
                    "Let's see what drives our members' churn | get_drivers | target=churned",
                    "Which of our members' segments is most likely to churn, and what's its risk? | predict | target=churned",
                    "Which segment would a customer who'd write 'late again' land in? | assign_customers | text=late again",
                    "Which segment would a customer who wrote 'it's late' land in? | assign_customers | text=it's late",
                    "写了'快递又晚到了'的新客户会属于哪个客群？ | assign_customers | text=快递又晚到了",
                })
        void anApostropheIsNoQuotationMark(String question, String tool, String argument) {
            Said said = ask(List.of(), question);
            assertEquals(tool, said.tool(), said.text());
            assertTrue(said.results().get(0).args().toString().contains(argument + "}"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"Show the brief for segment 2", "看看客群2的简报"})
        void aBriefThatIsNotThereIsOffered(String question) {
            Said said = ask(List.of(), question);
            assertEquals("-", said.tool());
            assertTrue(said.answer().check().caveats().contains("not_in_data"));
        }

        @Test
        void sheIsTheCustomerSpokenOfBefore() {
            String first = "Tell me about customer C0003";
            Said before = ask(List.of(), first);
            var history = List.of(new Turn(Question.of(first), before.answer()));
            Said said = ask(history, "What if she orders twice as often?");
            assertEquals("C0003", said.results().get(0).args().get("customer"), said.text());
        }

        @Test
        void whoIsMeantIsAskedBack() {
            Said said = ask(List.of(), "What if she orders twice as often?");
            assertEquals("-", said.tool());
        }

        @Test
        void withoutATargetThereIsNoForecast() {
            Analysis analysis = ChatFixture.of(Language.ENGLISH);
            Answer answer =
                    engine.answer(
                            analysis, List.of(), Question.of("What drives churn?"), event -> {});
            assertTrue(answer.check().caveats().contains("not_in_data"));
        }
    }
}
