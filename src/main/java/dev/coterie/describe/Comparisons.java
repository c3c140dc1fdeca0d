package dev.coterie.describe;

import dev.coterie.segment.Segmentation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Every segment against everyone else, attribute by attribute. */
final class Comparisons {
    private static final int MOST_ITEMS = 5;
    private static final double REPEATED = 0.97;

    private Comparisons() {}

    /**
     * For each segment the attributes in which it differs by more than chance, most telling first.
     */
    static List<List<Comparison>> of(
            List<Attribute> attributes, Segmentation segmentation, Likeness likeness) {
        int k = segmentation.k();
        var out = new ArrayList<List<Comparison>>();
        for (int c = 0; c < k; c++) out.add(new ArrayList<>());
        if (k < 2) return out;
        for (Attribute attribute : attributes) {
            double[] clip = Comparison.clip(attribute);
            for (int c = 0; c < k; c++) {
                Comparison comparison = Comparison.of(attribute, segmentation.labels(), c, clip);
                if (comparison.supported(SegmentDescriber.fewest(segmentation.size(c))))
                    out.get(c).add(comparison);
            }
        }
        for (List<Comparison> list : out) {
            list.sort(
                    Comparator.comparingDouble((Comparison c) -> -c.strength())
                            .thenComparing(c -> c.attribute().level().length())
                            .thenComparing(c -> c.attribute().key()));
            keepFewItems(list);
            tellOnce(list, likeness);
        }
        return out;
    }

    /** Columns that repeat one another, such as the levels of a yes/no pair, are told once. */
    private static void tellOnce(List<Comparison> sorted, Likeness likeness) {
        var kept = new ArrayList<Comparison>();
        for (Comparison c : sorted) {
            boolean told =
                    kept.stream()
                            .anyMatch(k -> likeness.same(k.attribute(), c.attribute(), REPEATED));
            if (!told) kept.add(c);
        }
        sorted.retainAll(kept);
    }

    /** The things bought are many; only those with the highest lift are kept. */
    private static void keepFewItems(List<Comparison> sorted) {
        List<Comparison> items =
                sorted.stream()
                        .filter(c -> c.attribute().sense() == Sense.ITEM)
                        .filter(Comparison::higher)
                        .sorted(Comparator.comparingDouble(c -> -c.effect() * c.strength()))
                        .limit(MOST_ITEMS)
                        .toList();
        sorted.removeIf(c -> c.attribute().sense() == Sense.ITEM && !items.contains(c));
    }
}
