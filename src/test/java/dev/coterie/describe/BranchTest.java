package dev.coterie.describe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.language.Language;
import dev.coterie.prepare.CustomerTable;
import dev.coterie.progress.Progress;
import dev.coterie.proof.Fact;
import dev.coterie.segment.Segmentation;
import dev.coterie.segment.TreeReading;
import dev.coterie.words.Sense;
import dev.coterie.words.WrittenWords;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Names of the branches that the tree joins segments to. */
class BranchTest {
    private static final CustomerTable CUSTOMERS = SampleCustomers.english(150, 7);

    /**
     * Segments s and s + 3 are of one kind, and the lapsed are nearer to the loyal than to the new.
     */
    private static final double[][] KINDS = {{0}, {9}, {30}, {0.5}, {9.5}, {30.5}};

    private static final SegmentDescriber NARRATOR =
            new SegmentDescriber(Optional.empty(), Language.ENGLISH);

    private static Segmentation six(CustomerTable customers) {
        int[] labels = IntStream.range(0, customers.customers()).map(i -> i % 6).toArray();
        return SampleCustomers.labelled(labels, KINDS);
    }

    private static Description describe(CustomerTable customers, Segmentation segmentation) {
        return NARRATOR.describe(
                customers,
                Optional.empty(),
                segmentation,
                SampleCustomers.sources(customers),
                Progress.NONE);
    }

    private static Branch of(Description description, Integer... segments) {
        return description.branches().stream()
                .filter(b -> b.segments().equals(List.of(segments)))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void areNamedLikeSegmentsAndUnlikeAllOthers(Language language) {
        CustomerTable customers =
                language == Language.CHINESE ? SampleCustomers.chinese(150, 7) : CUSTOMERS;
        Description d = describe(customers, six(customers));
        assertEquals(5, d.branches().size());
        Set<String> names = new HashSet<>();
        for (SegmentProfile s : d.segments()) {
            assertTrue(names.add(Names.identity(s.wording(language).name())));
        }
        for (Branch b : d.branches()) {
            String name = b.called(language).name();
            assertTrue(names.add(Names.identity(name)), name);
            assertTrue(Names.valid(name, language), name);
            assertFalse(b.called(language).who().isBlank());
        }
        Branch everybody = d.branches().get(4);
        assertEquals(Branch.Basis.EVERYONE, everybody.called(language).basis());
        assertEquals(450, everybody.size());
    }

    /**
     * What two segments of one kind share is said of both, and its figures come from their rows.
     */
    @Test
    void restOnFactsOfTheirOwnCustomers() {
        Segmentation six = six(CUSTOMERS);
        Description d = describe(CUSTOMERS, six);
        List<Attribute> attributes = Attributes.of(CUSTOMERS);
        for (Integer[] pair : new Integer[][] {{1, 4}, {2, 5}, {3, 6}}) {
            Branch b = of(d, pair);
            Branch.Called called = b.called(Language.ENGLISH);
            assertEquals(Branch.Basis.COMMON, called.basis(), called.name());
            assertTrue(b.facts().containsAll(called.facts()), called.toString());
            assertFalse(called.facts().isEmpty());
            for (String id : b.facts()) {
                Fact fact = d.facts().get(id);
                assertEquals(Fact.SEVERAL, fact.segment());
                attributes.stream()
                        .filter(a -> a.label().equals(fact.label()))
                        .findFirst()
                        .ifPresent(a -> assertEquals(mean(a, six, b, fact), fact.value(), 1e-9));
            }
        }
    }

    private static double mean(Attribute attribute, Segmentation segmentation, Branch b, Fact f) {
        boolean others = f.filter().key().equals("describe.filter.branch_others");
        return IntStream.range(0, attribute.values().length)
                .filter(i -> b.segments().contains(segmentation.labels()[i] + 1) != others)
                .mapToDouble(i -> attribute.values()[i])
                .filter(v -> !Double.isNaN(v))
                .average()
                .orElseThrow();
    }

    /** A mean that one segment alone lifts is no trait of the branch. */
    @Test
    void tellOnlyWhatHoldsInEveryPart() {
        int[] labels = IntStream.range(0, 90).map(i -> i % 3).toArray();
        Segmentation three = SampleCustomers.labelled(labels, new double[][] {{0}, {1}, {9}});
        var read = Themes.read(WrittenWords.of(List.of()), labels, 3, i -> true, new boolean[90]);
        var hierarchy = three.hierarchy();
        var branches = new TreeReading(hierarchy.tree(), hierarchy.cut()).branches();
        assertEquals(List.of(0, 1), branches.get(0).segments());
        for (double ofFirst : new double[] {0, 8}) {
            Trait often = often(labels, ofFirst);
            var throughout = new Throughout(three, read, branches);
            assertEquals(ofFirst > 0, throughout.holds(often, branches.get(0)));
            assertTrue(throughout.lacking(often, List.of(2)));
            assertFalse(throughout.lacking(often, List.of(1)));
            assertEquals(1, throughout.apart(often, List.of(2)), 1e-12);
        }
    }

    /** What 0 and 1 have more of than 2: the first as given, the second ten. */
    private static Trait often(int[] labels, double ofFirst) {
        double[] values =
                IntStream.of(labels).mapToDouble(s -> s == 0 ? ofFirst : s == 1 ? 10 : 0).toArray();
        var attribute =
                new Attribute(
                        "visits",
                        Sense.NUMBER,
                        Difference.Kind.MEAN,
                        Fact.Unit.NUMBER,
                        "visits",
                        "",
                        values);
        boolean[] inside = new Group(new int[] {0, 1}).inside(labels);
        var comparison = Comparison.of(attribute, inside, Comparison.Scale.of(attribute));
        return new Trait("visits", true, 1, Optional.of(comparison), Optional.empty());
    }

    @Test
    void keepNamesAndFactsWhileTheirCustomersAreTheSame() {
        Segmentation six = six(CUSTOMERS);
        Description before = describe(CUSTOMERS, six);
        // People make one segment of the branch of 1 and 4; 5 and 6 keep their numbers but one.
        int[] labels = IntStream.of(six.labels()).map(s -> s == 3 ? 0 : s == 5 ? 3 : s).toArray();
        Segmentation five =
                SampleCustomers.labelled(labels, new double[][] {{0}, {9}, {30}, {30.5}, {9.5}});
        Description after =
                NARRATOR.describeAgain(
                        CUSTOMERS,
                        Optional.empty(),
                        five,
                        SampleCustomers.sources(CUSTOMERS),
                        before,
                        GroupNames.of(before, six),
                        new int[] {-1, 1, 2, 5, 4});
        for (Language language : Language.values()) {
            assertEquals(
                    of(before, 1, 4).called(language).name(),
                    after.segments().get(0).wording(language).name());
            assertEquals(
                    of(before, 3, 6).called(language).name(),
                    of(after, 3, 4).called(language).name());
        }
        assertEquals(of(before, 3, 6).facts(), of(after, 3, 4).facts());
        assertEquals(4, after.branches().size());
        for (Branch b : after.branches()) {
            for (String id : b.facts()) assertTrue(after.facts().containsKey(id), id);
        }
        Description split =
                NARRATOR.describeAgain(
                        CUSTOMERS,
                        Optional.empty(),
                        six,
                        SampleCustomers.sources(CUSTOMERS),
                        after,
                        GroupNames.of(after, five),
                        new int[] {-1, 1, 2, -1, 4, 3});
        Map<String, Fact> gone = after.facts();
        for (String id : of(split, 1, 4).facts()) assertFalse(gone.containsKey(id), id);
    }

    @Test
    void areLeftOutOfSharedReportsWhenFew() {
        CustomerTable customers = SampleCustomers.english(40, 3);
        int[] labels =
                IntStream.range(0, customers.customers())
                        .map(i -> i < 4 ? 0 : i < 8 ? 1 : 2)
                        .toArray();
        Segmentation few = SampleCustomers.labelled(labels, new double[][] {{0}, {0.5}, {9}});
        Description d = describe(customers, few);
        assertEquals(8, of(d, 1, 2).size());
        Description told = Disclosure.of(few).told(d);
        assertEquals(
                List.of(List.of(1, 2, 3)), told.branches().stream().map(Branch::segments).toList());
    }
}
