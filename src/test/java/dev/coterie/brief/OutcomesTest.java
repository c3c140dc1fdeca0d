package dev.coterie.brief;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.describe.Analysis;
import dev.coterie.describe.Difference;
import dev.coterie.describe.Disclosure;
import dev.coterie.describe.SampleCustomers;
import dev.coterie.describe.SegmentProfile;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.prepare.CustomerTable;
import dev.coterie.prepare.Events;
import dev.coterie.prepare.TargetColumn;
import dev.coterie.segment.Segmentation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What became of customers is told, though segments are found without it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutcomesTest {
    private static final Pattern BOUNDED_TIMES =
            Pattern.compile("(?:under|over) [0-9.]+% of everyone else \\(×");
    private static final Pattern RISE = Pattern.compile("from (?:under )?([0-9.]+)% to ([0-9.]+)%");

    private static final Pattern HALF_WIDTH =
            Pattern.compile("\\p{IsHan}[^\\n<>]{0,20}(?:; | \\()\\p{IsHan}| [：，。]");

    private static final Map<Language, String> CHANCE =
            Map.of(Language.ENGLISH, "may be due to chance", Language.CHINESE, "可能只是偶然");

    private Analysis analysis;
    private TargetColumn churned;

    @BeforeAll
    void analyse(@TempDir Path folder) throws IOException {
        analysis = DemoAnalyses.of(Language.ENGLISH, 42, folder);
        churned = analysis.customers().targets().get(0);
    }

    /** Share of a segment's customers who left, counted by hand. */
    private double left(int segment) {
        int left = 0;
        int known = 0;
        int[] labels = analysis.segmentation().labels();
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] != segment || churned.codes()[i] < 0) continue;
            known++;
            if (churned.classes().get(churned.codes()[i]).equals("yes")) left++;
        }
        return (double) left / known;
    }

    @Test
    void ofEverySegmentAreThoseOfTheFile() {
        for (SegmentProfile p : analysis.description().segments()) {
            assertEquals(1, p.outcomes().size());
            Difference outcome = p.outcomes().get(0);
            assertEquals("churned", outcome.attribute());
            assertEquals(left(p.number() - 1), outcome.segmentValue(), 1e-12);
            var fact = analysis.description().facts().get(outcome.segmentFact());
            assertEquals(outcome.segmentValue(), fact.value(), 1e-12);
            assertTrue(p.differences().stream().noneMatch(d -> d.attribute().equals("churned")));
        }
    }

    private String text(SegmentProfile p, Language language) {
        var writer = new BriefWriter(Optional.empty());
        var brief = writer.write(analysis, p.number(), BriefRequest.in(language));
        return BriefMarkdown.render(brief, language, 11);
    }

    /** Whoever reads no further than the summary is told that a continuum was cut. */
    @Test
    void groupsThatAreNotClearAreCalledSoAtTheTop() {
        Segmentation s = analysis.segmentation();
        var unclear =
                new Segmentation(
                        s.k(),
                        s.labels(),
                        s.confidence(),
                        s.outlier(),
                        s.distance(),
                        s.centroids(),
                        s.strangeness(),
                        s.model(),
                        s.stability(),
                        s.certificate(),
                        s.candidates(),
                        false,
                        Message.of(
                                "segment.reason_unclear", "k", 3, "evidence", 0.1, "nothing", 0.1),
                        s.method(),
                        s.map(),
                        s.hierarchy());
        String report =
                Report.render(analysis.with(unclear, analysis.description()), Language.ENGLISH);
        assertTrue(report.indexOf("There are no clear groups") < report.indexOf("<table"));
        assertTrue(report.contains("There are no clear groups"));
        assertFalse(Report.render(analysis, Language.ENGLISH).contains("no clear groups"));
    }

    @Test
    void standInReportAndBrief() {
        String report = Report.render(analysis, Language.ENGLISH);
        assertTrue(report.contains("<h4>Outcomes</h4>"));
        SegmentProfile worst =
                analysis.description().segments().stream()
                        .max(Comparator.comparingDouble(p -> p.outcomes().get(0).segmentValue()))
                        .orElseThrow();
        for (Language language : Language.values()) {
            var brief =
                    new BriefWriter(Optional.empty())
                            .write(analysis, worst.number(), BriefRequest.in(language));
            String text = BriefMarkdown.render(brief, language, 11);
            for (SegmentProfile p : analysis.description().segments()) {
                Difference d = p.outcomes().get(0);
                boolean chance = d.low() <= 0 && d.high() >= 0;
                assertEquals(chance, text(p, language).contains(CHANCE.get(language)));
            }
            assertTrue(text.contains(language == Language.CHINESE ? "结果“" : "Outcome “"), text);
        }
    }

    @Test
    void aChineseReportOnThemHasChineseRolesAndFullWidthPunctuation() {
        String report = Report.render(analysis, Language.CHINESE);
        for (var source : analysis.collected().tables()) {
            for (var column : source.schema().columns()) {
                String role = column.role().word();
                assertFalse(report.contains("<td>" + column.name() + "</td><td>" + role + "</td>"));
            }
        }
        Matcher half = HALF_WIDTH.matcher(report);
        assertFalse(half.find(), () -> report.substring(half.start(), half.end()));
    }

    /** Times a share of which only a bound is told, or a target above it, would tell the share. */
    @Test
    void nothingInABriefTellsMoreThanABound() {
        for (SegmentProfile p : analysis.description().segments()) {
            var brief =
                    new BriefWriter(Optional.empty())
                            .write(analysis, p.number(), BriefRequest.in(Language.ENGLISH));
            String text = BriefMarkdown.render(brief, Language.ENGLISH, Disclosure.FEWEST);
            assertFalse(BOUNDED_TIMES.matcher(text).find(), text);
            Matcher rise = RISE.matcher(text);
            if (!rise.find()) continue;
            double from = Double.parseDouble(rise.group(1));
            assertTrue(Double.parseDouble(rise.group(2)) > from, rise.group());
        }
    }

    /** Three groups without events, of whom 60, 20 and 1 in a hundred left. */
    private static Analysis undated() {
        CustomerTable all = SampleCustomers.english(1_000, 7);
        int[] left = {60, 20, 1};
        int[] codes = new int[all.customers()];
        for (int i = 0; i < codes.length; i++) codes[i] = i / 3 % 100 < left[i % 3] ? 1 : 0;
        var churned =
                new TargetColumn(
                        "churned",
                        TargetColumn.Kind.CLASSES,
                        List.of("no", "yes"),
                        codes,
                        new double[0]);
        var customers =
                new CustomerTable(
                        all.ids(),
                        all.lines(),
                        all.numbers(),
                        all.categories(),
                        List.of(),
                        Events.NONE,
                        List.of(churned));
        return SampleCustomers.analysis(customers, 3);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void areWhatATestMeasuresWhereNoEventsAreDated(Language language) {
        Analysis analysis = undated();
        var writer = new BriefWriter(Optional.empty());
        Brief much = writer.write(analysis, 1, BriefRequest.in(language));
        Brief.TestPlan plan = much.testPlan().orElseThrow();
        assertEquals(0.6, plan.baseline(), 1e-9);
        assertEquals(0, plan.days());
        // A fall of those who leave is a rise of those who stay.
        assertTrue(plan.feasible());
        assertEquals(Power.perArm(0.4, plan.minEffect()), plan.perArm());
        String text = BriefMarkdown.render(much, language, 11);
        String target = Math.round(100 * (0.6 - plan.minEffect())) + "%";
        String lowered =
                language == Language.CHINESE
                        ? "从 60% 变为至多 "
                        : "lowers the share of “churned (yes)” from 60% to ";
        assertTrue(text.contains(lowered + target), text);
        var doubts = new BriefCheck(analysis.description(), much).review();
        assertTrue(
                doubts.stream().noneMatch(n -> n.item().contains("test_plan")), doubts::toString);

        Brief rare = writer.write(analysis, 3, BriefRequest.in(language));
        assertTrue(rare.testPlan().isEmpty());
        String nothing = language == Language.CHINESE ? "没有可降的余地" : "nothing is left to lower";
        assertTrue(BriefMarkdown.render(rare, language, 11).contains(nothing));
    }
}
