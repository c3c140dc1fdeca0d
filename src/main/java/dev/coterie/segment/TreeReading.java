package dev.coterie.segment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** What a tree says about the segments of a cut. Segments are numbered 0..k-1. */
public final class TreeReading {
    private final SegmentTree tree;
    private final Cut cut;
    private final long[] sizes;

    public TreeReading(SegmentTree tree, Cut cut) {
        this.tree = tree;
        this.cut = cut;
        this.sizes = new long[cut.segments()];
        for (int p = 0; p < tree.leaves(); p++) sizes[cut.of(p)] += tree.size()[p];
    }

    /**
     * Where a segment as a whole first meets another.
     *
     * @param height of that merge
     * @param node what it meets
     */
    public record Joint(double height, int node) {}

    /** Empty for the only segment, and for one that people made of parts from all over the tree. */
    public Optional<Joint> joint(int segment) {
        for (SegmentTree.Merge merge : tree.merges()) {
            boolean first = holds(merge.left(), segment);
            boolean second = holds(merge.right(), segment);
            if (first == second) continue;
            int own = first ? merge.left() : merge.right();
            boolean whole = under(own)[segment] == sizes[segment];
            if (whole && segment(own).isPresent()) {
                return Optional.of(new Joint(merge.height(), first ? merge.right() : merge.left()));
            }
        }
        return Optional.empty();
    }

    private boolean holds(int node, int segment) {
        return Arrays.stream(tree.under(node)).anyMatch(p -> cut.of(p) == segment);
    }

    /** The segments that lie mostly under a node, or else the one that it is a part of. */
    public List<Integer> segments(int node) {
        long[] under = under(node);
        List<Integer> mostly =
                IntStream.range(0, sizes.length)
                        .filter(s -> under[s] > 0 && 2 * under[s] > sizes[s])
                        .boxed()
                        .toList();
        if (!mostly.isEmpty()) return mostly;
        int largest = cut.of(tree.under(node)[0]);
        for (int s = 0; s < under.length; s++) if (under[s] > under[largest]) largest = s;
        return List.of(largest);
    }

    private long[] under(int node) {
        long[] under = new long[sizes.length];
        for (int p : tree.under(node)) under[cut.of(p)] += tree.size()[p];
        return under;
    }

    /**
     * The height at which a straight line cuts these segments; empty for one segment and where
     * people merged or split others than the tree would.
     */
    public Optional<Double> height() {
        int k = sizes.length;
        if (k == 1 || !tree.cut(k).equals(cut)) return Optional.empty();
        double below = k < tree.leaves() ? tree.mergeTo(k).height() : 0;
        return Optional.of((tree.mergeTo(k - 1).height() + below) / 2);
    }

    /**
     * The upper part of the tree, for drawing.
     *
     * @param groups its lowest nodes from top to bottom, such that no branches cross
     * @param merges the nodes above them, each after the ones it joins
     */
    public record Top(List<Integer> groups, List<Integer> merges) {}

    /**
     * The tree down to about as many groups as asked for, and farther where one holds several
     * segments.
     */
    public Top top(int groups) {
        Set<Integer> shown = new HashSet<>();
        shown.add(tree.leaves() + tree.merges().size() - 1);
        var inner = new ArrayList<Integer>();
        for (int i = tree.merges().size() - 1; i >= 0; i--) {
            int node = tree.leaves() + i;
            boolean enough = shown.size() >= groups && segment(node).isPresent();
            if (!shown.contains(node) || enough) continue;
            shown.remove(node);
            inner.add(0, node);
            shown.add(tree.merges().get(i).left());
            shown.add(tree.merges().get(i).right());
        }
        Map<Integer, Integer> place = new HashMap<>();
        int[] order = tree.order();
        for (int i = 0; i < order.length; i++) place.put(order[i], i);
        var sorted = new ArrayList<>(shown);
        sorted.sort(
                Comparator.comparingInt(
                        node -> Arrays.stream(tree.under(node)).map(place::get).min().orElse(0)));
        return new Top(sorted, inner);
    }

    /**
     * A node under which several segments lie as wholes.
     *
     * @param segments ascending
     * @param branches nodes of the branches right below
     * @param alone the segments right below that are in none of these
     */
    public record Branch(
            int node, List<Integer> segments, List<Integer> branches, List<Integer> alone) {
        public Branch {
            segments = List.copyOf(segments);
            branches = List.copyOf(branches);
            alone = List.copyOf(alone);
        }
    }

    /**
     * The branches above the segments, each after those below it, so that the last one is
     * everybody. A cut that follows the tree has one fewer than segments. A node through which
     * people merged segments is none: it holds parts of a segment.
     */
    public List<Branch> branches() {
        var out = new ArrayList<Branch>();
        for (int i = 0; i < tree.merges().size(); i++) {
            int node = tree.leaves() + i;
            long[] under = under(node);
            List<Integer> inside =
                    IntStream.range(0, sizes.length).filter(s -> under[s] > 0).boxed().toList();
            boolean whole = inside.stream().allMatch(s -> under[s] == sizes[s]);
            if (inside.size() > 1 && whole) out.add(over(node, inside, out));
        }
        return out;
    }

    private static Branch over(int node, List<Integer> segments, List<Branch> before) {
        var alone = new ArrayList<>(segments);
        var below = new ArrayList<Integer>();
        for (int i = before.size() - 1; i >= 0; i--) {
            Branch other = before.get(i);
            if (!alone.containsAll(other.segments())) continue;
            below.add(0, other.node());
            alone.removeAll(other.segments());
        }
        return new Branch(node, segments, below, alone);
    }

    /** The segment that everything under a node belongs to; empty where there are several. */
    public Optional<Integer> segment(int node) {
        int[] leaves = tree.under(node);
        int first = cut.of(leaves[0]);
        for (int p : leaves) if (cut.of(p) != first) return Optional.empty();
        return Optional.of(first);
    }
}
