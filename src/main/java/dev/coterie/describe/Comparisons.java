package dev.coterie.describe;

import dev.coterie.words.Sense;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Every group of customers against everyone else, attribute by attribute. */
final class Comparisons {
    private static final int MOST_ITEMS = 5;
    private static final double REPEATED = 0.97;

    private Comparisons() {}

    /**
     * For each group the attributes in which it differs from everyone else by more than chance,
     * most telling first.
     *
     * @param labels segment 0..k-1 of each customer
     */
    static List<List<Comparison>> of(
            List<Attribute> attributes, int[] labels, List<Group> groups, Likeness likeness) {
        var out = new ArrayList<List<Comparison>>();
        var inside = new ArrayList<boolean[]>();
        var fewest = new ArrayList<Integer>();
        for (Group group : groups) {
            out.add(new ArrayList<>());
            inside.add(group.inside(labels));
            int size = (int) IntStream.of(labels).filter(group::holds).count();
            fewest.add(SegmentDescriber.fewest(size));
        }
        for (Attribute attribute : attributes) {
            var scale = Comparison.Scale.of(attribute);
            for (int g = 0; g < groups.size(); g++) {
                Comparison comparison = Comparison.of(attribute, inside.get(g), scale);
                if (comparison.comparable(fewest.get(g))) out.get(g).add(comparison);
            }
        }
        for (int g = 0; g < groups.size(); g++) believed(out.get(g), fewest.get(g));
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

    /** Leaves the differences that are large enough and, among so many compared, not chance. */
    private static void believed(List<Comparison> compared, int fewest) {
        double[] chances = compared.stream().mapToDouble(Comparison::chance).toArray();
        double limit = Chance.limit(chances);
        compared.removeIf(c -> !(c.supported(fewest) && c.chance() <= limit));
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
