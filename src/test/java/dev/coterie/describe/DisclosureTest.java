package dev.coterie.describe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.language.Language;
import dev.coterie.proof.Figures;
import dev.coterie.proof.References;
import dev.coterie.segment.SegmentTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.MatrixFeatures_DDRM;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DisclosureTest {
    @Nested
    class Suppression {
        @Test
        void hidesASecondCountWhereTheTotalWouldGiveTheFirst() {
            boolean[] withheld =
                    Disclosure.withheld(new long[] {4, 60, 25}, new boolean[3], List.of(), 11);
            assertArrayEquals(new boolean[] {true, false, true}, withheld);
        }

        @Test
        void hidesAThirdWhereTwoAreTooFewTogether() {
            boolean[] withheld =
                    Disclosure.withheld(new long[] {4, 60, 5, 25}, new boolean[4], List.of(), 11);
            assertArrayEquals(new boolean[] {true, false, true, true}, withheld);
        }

        @Test
        void hidesTheSiblingWhereABranchOfTheTreeIsKnown() {
            boolean[] withheld =
                    Disclosure.withheld(
                            new long[] {4, 60, 25}, new boolean[3], List.of(new int[] {0, 1}), 11);
            assertTrue(withheld[1], "60 + 4 is known from another report");
        }

        @Test
        void hidesNothingWhereNothingIsSmall() {
            assertArrayEquals(
                    new boolean[3],
                    Disclosure.withheld(new long[] {11, 60, 25}, new boolean[3], List.of(), 11));
        }
    }

    /** A tree over segments of drawn sizes; its cuts are lists of nodes. */
    private static final class Joined {
        final SegmentTree tree;
        final List<List<Integer>> cuts = new ArrayList<>();

        Joined(long seed) {
            var random = new Random(seed);
            int k = 5 + random.nextInt(8);
            int[] sizes = new int[2 * k - 1];
            for (int s = 0; s < k; s++) {
                sizes[s] = 1 + (random.nextInt(3) == 0 ? random.nextInt(14) : random.nextInt(200));
            }
            var merges = new ArrayList<SegmentTree.Merge>();
            List<Integer> standing = new ArrayList<>();
            for (int s = 0; s < k; s++) standing.add(s);
            cuts.add(List.copyOf(standing));
            for (int node = k; node < 2 * k - 1; node++) {
                int a = standing.remove(random.nextInt(standing.size()));
                int b = standing.remove(random.nextInt(standing.size()));
                sizes[node] = sizes[a] + sizes[b];
                merges.add(new SegmentTree.Merge(a, b, node, node, sizes[node]));
                standing.add(node);
                cuts.add(List.copyOf(standing));
            }
            int[] leaves = IntStream.range(0, k).toArray();
            tree = new SegmentTree(leaves, java.util.Arrays.copyOf(sizes, k), merges);
        }
    }

    /** Small counts that follow from what two reports of one run tell, by linear algebra. */
    private static int recovered(Joined data, List<List<Integer>> reports, boolean guard) {
        boolean[] nodes = Disclosure.nodes(data.tree);
        var known = new ArrayList<double[]>();
        known.add(row(data.tree, nodes.length - 1));
        for (List<Integer> cut : reports) {
            for (int node : cut) {
                boolean small = data.tree.size(node) < Disclosure.FEWEST;
                if (!(guard ? nodes[node] : small)) known.add(row(data.tree, node));
            }
        }
        int rank = rank(known);
        int recovered = 0;
        for (List<Integer> cut : reports) {
            for (int node : cut) {
                if (data.tree.size(node) >= Disclosure.FEWEST) continue;
                var asked = new ArrayList<>(known);
                asked.add(row(data.tree, node));
                if (rank(asked) == rank) recovered++;
            }
        }
        return recovered;
    }

    private static double[] row(SegmentTree tree, int node) {
        double[] row = new double[tree.leaves()];
        for (int s : tree.under(node)) row[s] = 1;
        return row;
    }

    private static int rank(List<double[]> rows) {
        return MatrixFeatures_DDRM.rank(new DMatrixRMaj(rows.toArray(double[][]::new)), 1e-9);
    }

    @Test
    void oneHundredPairsOfReportsGiveNoSmallCountAway() {
        int guarded = 0;
        int plain = 0;
        for (int pair = 0; pair < 100; pair++) {
            var data = new Joined(pair);
            var random = new Random(1000 + pair);
            var reports =
                    List.of(
                            data.cuts.get(random.nextInt(data.cuts.size() - 1)),
                            data.cuts.get(random.nextInt(data.cuts.size() - 1)));
            guarded += recovered(data, reports, true);
            plain += recovered(data, reports, false);
            // Whoever has the reports of every cut has no more.
            guarded += recovered(data, data.cuts, true);
        }
        System.out.println(
                "100 pairs of reports: small counts recovered "
                        + guarded
                        + ", without the second"
                        + " suppression "
                        + plain);
        assertEquals(0, guarded);
        assertTrue(plain > 30, "without the guard the attack succeeds: " + plain);
    }

    @Nested
    class AReport {
        private final int[] labels =
                IntStream.range(0, 180).map(i -> i < 5 ? 0 : i < 30 ? 1 : 2).toArray();
        private final Description whole =
                new SegmentDescriber(java.util.Optional.empty(), Language.ENGLISH)
                        .describe(
                                SampleCustomers.english(60, 7),
                                java.util.Optional.empty(),
                                SampleCustomers.labelled(labels, 3),
                                SampleCustomers.sources(SampleCustomers.english(60, 7)),
                                dev.coterie.progress.Progress.NONE);
        private final Disclosure disclosure = Disclosure.of(SampleCustomers.labelled(labels, 3));
        private final Description told = disclosure.told(whole);

        @Test
        void saysNothingOfASegmentOfFewCustomers() {
            SegmentProfile few = told.segments().get(0);
            assertEquals("< 11", disclosure.size(1, Language.ENGLISH));
            assertTrue(few.differences().isEmpty() && few.quotes().isEmpty());
            assertTrue(few.words().isEmpty() && few.value().isEmpty());
            assertEquals("Segment 1", few.wording(Language.ENGLISH).name());
            assertFalse(few.wording(Language.CHINESE).who().isBlank());
        }

        @Test
        void withholdsEveryFactThatGivesASizeAway() {
            var withheld =
                    whole.facts().values().stream()
                            .filter(disclosure::withholds)
                            .map(f -> f.segment() + " " + f.label().key())
                            .toList();
            for (int n : new int[] {1, 2}) {
                assertTrue(withheld.contains(n + " describe.fact.size"), withheld.toString());
                assertTrue(withheld.contains(n + " describe.fact.share"), withheld.toString());
            }
            assertTrue(withheld.stream().noneMatch(w -> w.startsWith("3 ")), withheld.toString());
        }

        @Test
        void keepsTheSizeOfTheSecondSmallestToItself() {
            assertEquals("withheld", disclosure.size(2, Language.ENGLISH));
            assertEquals("150", disclosure.size(3, Language.ENGLISH));
            SegmentProfile second = told.segments().get(1);
            assertTrue(second.value().isEmpty());
            for (Language language : Language.values()) {
                for (String sentence : second.wording(language).sentences()) {
                    for (String id : References.ids(sentence)) {
                        String key = told.facts().get(id).label().key();
                        assertFalse(key.matches("describe.fact.(size|share|value.*)"), sentence);
                    }
                }
            }
        }
    }

    @Nested
    class Shares {
        @Test
        void areBoundedWhereTheyWouldCountFewerThanEleven() {
            assertEquals("under 2.8%", Figures.shared(0.01, 400, Language.ENGLISH, 11));
            assertEquals("超过 97.2%", Figures.shared(0.995, 400, Language.CHINESE, 11));
            assertEquals("50%", Figures.shared(0.5, 400, Language.ENGLISH, 11));
            assertEquals("100%", Figures.shared(1, 400, Language.ENGLISH, 11));
            assertEquals("0%", Figures.shared(0, 400, Language.ENGLISH, 11));
        }
    }
}
