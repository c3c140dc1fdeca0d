package dev.coterie.brief;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.brief.Brief.Key;
import dev.coterie.describe.Analysis;
import dev.coterie.describe.Opinions;
import dev.coterie.describe.Quote;
import dev.coterie.describe.SampleCustomers;
import dev.coterie.describe.SegmentProfile;
import dev.coterie.describe.Writer;
import dev.coterie.error.NotFoundException;
import dev.coterie.language.Language;
import dev.coterie.prepare.CustomerTable;
import dev.coterie.prepare.CustomerText;
import dev.coterie.prepare.Events;
import dev.coterie.proof.Fact;
import dev.coterie.proof.Figures;
import dev.coterie.proof.NumberGate;
import dev.coterie.proof.References;
import dev.coterie.rule.SegmentRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BriefWriterTest {
    static final Analysis ENGLISH = SampleCustomers.analysis(SampleCustomers.english(400, 7), 3);
    static final Analysis CHINESE = SampleCustomers.analysis(SampleCustomers.chinese(60, 7), 3);
    static final BriefWriter NARRATOR = new BriefWriter(Optional.empty());

    static Brief brief(Analysis analysis, int segment, Language language) {
        return NARRATOR.write(analysis, segment, BriefRequest.in(language));
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void hasThirteenSectionsInOrderAndNoneIsEmpty(Language language) {
        for (Analysis a : List.of(ENGLISH, CHINESE)) {
            for (int s = 1; s <= 3; s++) {
                Brief b = brief(a, s, language);
                assertEquals(
                        List.of(Key.values()),
                        b.sections().stream().map(Brief.Section::key).toList());
                for (Brief.Section section : b.sections()) assertFalse(section.items().isEmpty());
            }
        }
    }

    @Test
    void theLengthOfTheTestIsComputedAsItsDefinitionSays() {
        var rhythm = Rhythm.of(ENGLISH.customers(), ENGLISH.segmentation().labels(), 1);
        long quarter = (rhythm.lastDay() - rhythm.firstDay()) / 4;
        assertTrue(quarter > 80 && rhythm.days() == quarter / 2 / 2, rhythm.toString());
        assertTrue(rhythm.activeLately() <= 0.85, rhythm.toString());
        Fact length =
                brief(ENGLISH, 2, Language.ENGLISH).facts().values().stream()
                        .filter(f -> f.label().key().equals("brief.fact.test_days"))
                        .findFirst()
                        .orElseThrow();
        assertEquals(rhythm.days(), length.value());
        for (Language language : Language.values()) {
            String said = length.formula().in(language);
            for (String part : List.of("7", "90", "85")) assertTrue(said.contains(part), said);
        }
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void everyReferenceIsAmongTheEvidence(Language language) {
        Brief b = brief(ENGLISH, 1, language);
        for (Brief.Section section : b.sections()) {
            for (Brief.Item item : section.items()) {
                assertTrue(
                        b.facts().keySet().containsAll(References.ids(item.text())), item.text());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void hypothesesStateNoNumberOfTheirOwn(Language language) {
        for (Analysis a : List.of(ENGLISH, CHINESE)) {
            for (int s = 1; s <= 3; s++) {
                for (Key key :
                        List.of(Key.HEADLINE, Key.OFFER, Key.MESSAGES, Key.DO_DONT, Key.KPIS)) {
                    for (Brief.Item item : brief(a, s, language).section(key).items())
                        assertTrue(NumberGate.clean(item.text(), List.of()), item.text());
                }
            }
        }
    }

    @Test
    void theGoalFollowsTheFactsUnlessOneIsAsked() {
        assertEquals("win_back", brief(ENGLISH, 1, Language.ENGLISH).goal());
        assertEquals("retain", brief(ENGLISH, 2, Language.ENGLISH).goal());
        var asked = new BriefRequest("acquire", List.of("Fax"), Language.ENGLISH, Writer.BUILTIN);
        Brief b = NARRATOR.write(ENGLISH, 1, asked);
        assertEquals("acquire", b.goal());
        assertTrue(
                b.section(Key.WHEN_WHERE).items().stream()
                        .anyMatch(i -> i.text().contains("Fax") && i.text().contains("no data")));
    }

    @Test
    void theRuleIsTheSegmentsOwnWithItsHeldOutFigures() {
        Brief b = brief(ENGLISH, 2, Language.ENGLISH);
        SegmentRule rule = b.segmentRule().orElseThrow();
        assertEquals(ENGLISH.description().segments().get(1).rule().orElseThrow(), rule);
        assertTrue(rule.heldOut().precision() > 0.9);
        assertTrue(rule.heldOut().coverage() > 0.9);
        String told =
                b.section(Key.SELECTION).items().stream()
                        .map(Brief.Item::text)
                        .collect(Collectors.joining("\n"));
        assertTrue(told.contains(rule.text(Language.ENGLISH)), told);
        assertTrue(told.contains("not learned on"), told);
    }

    @Test
    void aSmallSegmentIsToldThatItIsTooSmallForItsTest() {
        Analysis tiny = SampleCustomers.analysis(SampleCustomers.english(14, 7), 3);
        Brief b = brief(tiny, 1, Language.ENGLISH);
        assertFalse(b.testPlan().orElseThrow().feasible());
        assertTrue(b.section(Key.TEST_PLAN).items().get(0).text().contains("too small"));
    }

    @Test
    void saysNoDataWhereThereIsNone() {
        CustomerTable all = SampleCustomers.english(60, 7);
        var bare =
                new CustomerTable(
                        all.ids(),
                        all.lines(),
                        all.numbers(),
                        all.categories(),
                        List.of(),
                        Events.NONE,
                        List.of());
        Brief b = brief(SampleCustomers.analysis(bare, 3), 1, Language.ENGLISH);
        for (Key key :
                List.of(Key.SIZE_VALUE, Key.PAINS, Key.WHEN_WHERE, Key.TEST_PLAN, Key.KPIS)) {
            assertTrue(
                    b.section(key).items().stream()
                            .anyMatch(
                                    i ->
                                            i.text().contains("No data")
                                                    || i.text().contains("no data")),
                    key.word());
        }
        assertTrue(b.testPlan().isEmpty());
    }

    @Test
    void quotesAreVerbatimAndOfTheSegment() {
        Brief b = brief(CHINESE, 1, Language.CHINESE);
        List<Quote> quotes =
                b.section(Key.PAINS).items().stream().flatMap(i -> i.quotes().stream()).toList();
        assertFalse(quotes.isEmpty());
        for (Quote q : quotes) {
            CustomerText text = CHINESE.customers().texts().get(q.textIndex());
            assertTrue(text.text().contains(q.text()));
            assertEquals(0, q.customer() % 3);
        }
    }

    /** Whoever rates lower than others is not quoted with praise where pains are told. */
    @Test
    void thePainsOfTheLessContentAreNoPraise() {
        int looked = 0;
        for (int s = 1; s <= 3; s++) {
            SegmentProfile profile = ENGLISH.description().segment(s).orElseThrow();
            boolean lower = Needs.of(profile).stream().anyMatch(n -> n.key().equals("displeased"));
            if (!lower) continue;
            for (Brief.Item item : brief(ENGLISH, s, Language.ENGLISH).section(Key.PAINS).items()) {
                for (Quote q : item.quotes()) {
                    if (q.kind() == Quote.Kind.OPPOSING) continue;
                    boolean wish = q.text().matches("(?is).*\\b(wish|but|however)\\b.*");
                    assertTrue(wish || !(Opinions.score(q.text()) > 0), q.text());
                    looked++;
                }
            }
        }
        assertTrue(looked > 0, "a segment of the sample rates lower and is quoted");
    }

    /** A figure of everyone else says so, and rests on their rows. */
    @Test
    void aFactOfOthersIsOfOthers() {
        for (int s = 1; s <= 3; s++) {
            var facts = brief(ENGLISH, s, Language.ENGLISH).facts().values();
            for (Fact fact : facts) {
                if (!fact.formula().key().equals("brief.formula.peak_elsewhere")) continue;
                assertEquals("describe.filter.others", fact.filter().key());
            }
        }
        ENGLISH.description().facts().values().stream()
                .filter(f -> f.label().key().equals("describe.fact.outliers"))
                .forEach(f -> assertEquals(Math.round(f.value()), f.n(), "it counts its rows"));
    }

    @Test
    void anUnknownSegmentIsNamed() {
        var e = assertThrows(NotFoundException.class, () -> brief(ENGLISH, 9, Language.ENGLISH));
        assertTrue(e.getMessage().contains("9"));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.2, 0.5})
    void largerEffectsNeedFewerCustomers(double base) {
        assertTrue(Power.perArm(base, 0.05) < Power.perArm(base, 0.03));
    }

    @Test
    void sampleSizeAgreesWithTheTextbook() {
        // Fleiss, without continuity correction: 0.21 against 0.24 at 80 % power.
        assertEquals(3034, Power.perArm(0.21, 0.03), 60);
    }

    @Nested
    class Rendered {
        @ParameterizedTest
        @EnumSource(Language.class)
        void pagesHoldNoScriptAndNoOutsideReference(Language language) {
            String brief =
                    BriefHtml.render(brief(ENGLISH, 1, language), language, Figures.SMALL_COUNT);
            String report = Report.render(ENGLISH, language, "seed 42");
            for (String page : List.of(brief, report)) {
                assertFalse(page.toLowerCase().contains("<script"));
                assertFalse(page.contains("http://") || page.contains("https://"));
                assertFalse(page.contains("{{"));
                assertFalse(page.matches("(?s).*\\son[a-z]+=.*"));
                assertFalse(page.contains(" style="));
                assertEquals(1, page.split("<style>", -1).length - 1);
            }
        }

        @ParameterizedTest
        @EnumSource(Language.class)
        void theReportDrawsTheTreeAndTellsItInATable(Language language) {
            String report = Report.render(ENGLISH, language);
            String tree = report.substring(report.indexOf("<svg class=\"tree\""));
            int k = ENGLISH.segmentation().k();
            assertEquals(k, tree.split("</svg>")[0].split("/><text ", -1).length - 1);
            String table = tree.substring(tree.indexOf("<tbody>"), tree.indexOf("</tbody>"));
            assertEquals(k, table.split("<tr>", -1).length - 1);
            for (var profile : ENGLISH.description().segments()) {
                assertTrue(table.contains(profile.wording(language).name()));
            }
            assertFalse(tree.contains("NaN"));
        }

        @Test
        void customersMarkupIsShownAsText() {
            CustomerTable all = SampleCustomers.english(60, 7);
            var texts = new ArrayList<CustomerText>();
            for (CustomerText t : all.texts())
                texts.add(
                        new CustomerText(
                                t.customer(),
                                t.text() + " <img src=x onerror=alert(1)> \"'&",
                                t.table(),
                                t.column(),
                                t.line(),
                                t.epochDay(),
                                t.rating()));
            var table =
                    new CustomerTable(
                            all.ids(),
                            all.lines(),
                            all.numbers(),
                            all.categories(),
                            texts,
                            all.events(),
                            List.of());
            Analysis a = SampleCustomers.analysis(table, 3);
            assertFalse(Report.render(a, Language.ENGLISH).contains("<img"));
            Brief b = brief(a, 1, Language.ENGLISH);
            assertFalse(
                    BriefHtml.render(b, Language.ENGLISH, Figures.SMALL_COUNT).contains("<img"));
            String markdown = BriefMarkdown.render(b, Language.ENGLISH, Figures.SMALL_COUNT);
            assertTrue(markdown.contains("\\<img"), "a quotation has the customer's markup");
            assertFalse(markdown.replace("\\<", "").contains("<img"), markdown);
        }

        @Test
        void markdownHasEverySectionAndFilledFigures() {
            String text =
                    BriefMarkdown.render(
                            brief(CHINESE, 2, Language.CHINESE),
                            Language.CHINESE,
                            Figures.SMALL_COUNT);
            assertEquals(13, text.split("\n## ", -1).length - 1);
            assertFalse(text.contains("{{"));
            assertTrue(text.contains("内置撰稿器"));
        }
    }
}
