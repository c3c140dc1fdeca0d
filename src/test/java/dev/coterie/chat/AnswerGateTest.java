package dev.coterie.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.coterie.describe.Analysis;
import dev.coterie.describe.SegmentProfile;
import dev.coterie.language.Language;
import dev.coterie.proof.Fact;
import dev.coterie.proof.Figures;
import dev.coterie.tools.CustomerIds;
import dev.coterie.tools.Desk;
import dev.coterie.tools.FactBook;
import dev.coterie.tools.Fields;
import dev.coterie.tools.Found;
import dev.coterie.tools.Quotation;
import dev.coterie.tools.ToolResult;
import dev.coterie.tools.Toolbox;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AnswerGateTest {
    private Desk desk;
    private SegmentProfile segment;
    private ToolResult found;

    private AnswerGate gate(Language language) {
        Analysis analysis = ChatFixture.of(language);
        desk =
                new Desk(
                        analysis,
                        new Fields(analysis),
                        new FactBook(analysis, List.of()),
                        Optional.empty(),
                        language,
                        Figures.SMALL_COUNT,
                        Optional.empty());
        segment = desk.segment(1);
        var args = new ObjectMapper().createObjectNode().put("segment", "seg_1");
        found =
                new Toolbox(desk, CustomerIds.of(analysis.customers().ids()))
                        .run("get_segment", args);
        return new AnswerGate(desk, "", () -> List.of(found));
    }

    private static String list(Language language, List<String> ids) {
        boolean chinese = language == Language.CHINESE;
        String joined =
                ids.stream()
                        .map(id -> "{{" + id + "}}")
                        .collect(Collectors.joining(chinese ? "、" : ", "));
        return chinese ? "各项数据是" + joined + "。" : "These are the figures: " + joined + ".";
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void aListOfFiguresClaimsNothingOfWhoseTheyAre(Language language) {
        AnswerGate gate = gate(language);
        List<String> all = found.facts().stream().map(Fact::id).toList();
        assertTrue(all.size() > 15);
        assertEquals(Optional.empty(), gate.fault(list(language, all)));
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void theFiguresOfOthersDoNotPassForTheSegmentsOwn(Language language) {
        AnswerGate gate = gate(language);
        List<String> theirs =
                segment.differences().stream().limit(3).map(d -> d.otherFact()).toList();
        assertEquals(Optional.of(AnswerGate.Fault.CLAIM), gate.fault(list(language, theirs)));
        String one =
                language == Language.CHINESE
                        ? "这一项是{{" + theirs.get(0) + "}}。"
                        : "Theirs is {{" + theirs.get(0) + "}} by that measure.";
        assertEquals(Optional.of(AnswerGate.Fault.CLAIM), gate.fault(one));
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void swappedSidesOfAComparisonAreFound(Language language) {
        AnswerGate gate = gate(language);
        String own = "{{" + segment.differences().get(0).segmentFact() + "}}";
        String other = "{{" + segment.differences().get(0).otherFact() + "}}";
        String form = language == Language.CHINESE ? "这一项是%s，其他客户为%s。" : "It is %s against %s.";
        assertEquals(Optional.empty(), gate.fault(form.formatted(own, other)));
        assertEquals(Optional.of(AnswerGate.Fault.CLAIM), gate.fault(form.formatted(other, own)));
    }

    @ParameterizedTest
    @CsvSource({
        "ENGLISH, 'Customers grew to {{f}} since last year.'",
        "ENGLISH, 'Their value per customer is {{f}}.'",
        "ENGLISH, 'They make up {{f}} of all.'",
        "ENGLISH, 'Segment {{f}} is unhappy.'",
        "ENGLISH, '{{f}} customers will leave next month.'",
        "CHINESE, '客户数增长到 {{f}} 位。'",
        "CHINESE, '人均消费额为 {{f}}。'",
        "CHINESE, '客群 {{f}} 不满意。'",
        "CHINESE, '下个月将会有 {{f}} 位客户离开。'"
    })
    void aHeadCountSaysNothingElse(Language language, String form) {
        AnswerGate gate = gate(language);
        String size =
                found.facts().stream()
                        .filter(f -> f.label().key().equals("describe.fact.size"))
                        .findFirst()
                        .orElseThrow()
                        .id();
        String sentence = form.replace("{{f}}", "{{" + size + "}}");
        assertEquals(Optional.of(AnswerGate.Fault.CLAIM), gate.fault(sentence));
        String right =
                language == Language.CHINESE
                        ? "这个客群有 {{" + size + "}} 位客户。"
                        : "They make up {{" + size + "}} customers of this segment.";
        assertEquals(Optional.empty(), gate.fault(right));
    }

    @ParameterizedTest
    @CsvSource({
        "'“nine” of them left over {{f1}} parcels.', NUMBER",
        "'Some customers say “late”.', UNFOUNDED",
        "'They said “the del” of it.', QUOTATION",
        "'One wrote “I waited nine days for the delivery”.',"
    })
    void aFewLettersOfATextAreNoQuotation(String sentence, AnswerGate.Fault fault) {
        gate(Language.ENGLISH);
        var quote = new Quotation("txt_0", SAYING, 0, 1, "reviews");
        var heard = new Found();
        heard.quote(quote);
        var result = desk.result("find_quotes", Map.of(), "", heard, 1, System.nanoTime());
        var gate = new AnswerGate(desk, "", () -> List.of(result));
        assertEquals(Optional.ofNullable(fault), gate.fault(sentence));
    }

    private static final String SAYING =
            "The parcel arrived late again, I waited nine days for the delivery.";
}
