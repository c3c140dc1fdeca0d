package dev.coterie.api;

import dev.coterie.describe.Branch;
import dev.coterie.describe.Writer;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.run.FinishedRun;
import dev.coterie.segment.Cut;
import dev.coterie.segment.SegmentTree;
import dev.coterie.segment.Segmentation;
import dev.coterie.segment.TreeReading;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** The tree of a run as JSON, and the numbers of segments that it can be cut at. */
final class CutView {
    private static final int LEAST = 2;
    private static final int MOST = 30;

    private final Reader reader;
    private final Counts counts;
    private final FactView facts;
    private final FinishedRun run;
    private final SegmentTree tree;
    private final int[] segmentOf;
    private final TreeReading reading;

    CutView(Reader reader, Counts counts) {
        this.reader = reader;
        this.counts = counts;
        this.facts = new FactView(counts);
        this.run = reader.finished();
        Segmentation segmentation = run.analysis().segmentation();
        this.tree = segmentation.hierarchy().tree();
        this.segmentOf = segmentation.hierarchy().cut().segment();
        this.reading = new TreeReading(tree, segmentation.hierarchy().cut());
    }

    /** Every number of segments from 2 to 30 with what it would merge or split. */
    Map<String, Object> choices() {
        Segmentation segmentation = run.analysis().segmentation();
        Map<Integer, Segmentation.Candidate> candidates = new HashMap<>();
        segmentation.candidates().forEach(c -> candidates.put(c.k(), c));
        var data = new ArrayList<Map<String, Object>>();
        for (int k = LEAST; k <= MOST; k++) {
            boolean cuttable = k <= tree.leaves();
            Segmentation.Candidate candidate = candidates.get(k);
            if (cuttable || candidate != null) data.add(choice(k, cuttable, candidate));
        }
        return Body.of(
                "run",
                run.run().id(),
                "segments",
                segmentation.k(),
                "found",
                tree.clusters(),
                "reason",
                segmentation.reason().in(reader.language()),
                "data",
                data);
    }

    private Map<String, Object> choice(int k, boolean cuttable, Segmentation.Candidate candidate) {
        Optional<Segmentation.Candidate> tried = Optional.ofNullable(candidate);
        Map<String, Object> view =
                Body.of(
                        "segments",
                        k,
                        "silhouette",
                        tried.map(Segmentation.Candidate::silhouette),
                        "stability",
                        tried.map(Segmentation.Candidate::stability),
                        "smallest",
                        tried.map(c -> counts.of(c.smallest())),
                        "evidence",
                        tried.map(Segmentation.Candidate::evidence),
                        "separation",
                        tried.map(Segmentation.Candidate::separation),
                        "chosen",
                        k == run.analysis().segmentation().k(),
                        "cut",
                        cuttable);
        if (!cuttable) return view;
        long[] customers = customers(tree.cut(k));
        view.put("sizes", IntStream.range(0, k).mapToObj(s -> counts.of(customers[s])).toList());
        view.put("smallest", counts.of(Arrays.stream(customers).min().orElse(0)));
        view.put("step", step(k));
        return view;
    }

    private long[] customers(Cut cut) {
        long[] customers = new long[cut.segments()];
        for (int p = 0; p < tree.leaves(); p++) customers[cut.of(p)] += tree.size()[p];
        return customers;
    }

    /** What happens on the way from the next number towards the one that was found. */
    private Map<String, Object> step(int k) {
        int found = tree.clusters();
        if (k == found) return null;
        SegmentTree.Merge merge = tree.mergeTo(k < found ? k : k - 1);
        Map<String, Object> left = side(merge.left());
        Map<String, Object> right = side(merge.right());
        String kind = k < found ? "merge" : "split";
        Message text =
                Message.of(
                        "api.cut." + kind,
                        "left",
                        words(merge.left()),
                        "right",
                        words(merge.right()),
                        "whole",
                        words(node(merge)),
                        "first",
                        count(merge.left()),
                        "second",
                        count(merge.right()));
        return Body.of(
                "kind",
                kind,
                "height",
                merge.height(),
                "parts",
                List.of(left, right),
                "text",
                text.in(reader.language()));
    }

    private int node(SegmentTree.Merge merge) {
        return tree.leaves() + tree.merges().indexOf(merge);
    }

    private Map<String, Object> side(int node) {
        return Body.of(
                "size",
                counts.of(tree.size(node)),
                "segments",
                segments(node).stream().map(reader::brief).toList());
    }

    private Object count(int node) {
        return counts.small(tree.size(node))
                ? Message.of("api.cut.few", "count", counts.threshold())
                : Message.of("api.cut.customers", "count", tree.size(node));
    }

    private List<Integer> segments(int node) {
        return reading.segments(node).stream().map(s -> s + 1).toList();
    }

    /** False if people moved some of the segment's customers away from the node, or to it. */
    private boolean whole(int number, int node) {
        long inside =
                Arrays.stream(tree.under(node)).filter(p -> segmentOf[p] == number - 1).count();
        return inside == Arrays.stream(segmentOf).filter(s -> s == number - 1).count();
    }

    private Message words(int node) {
        var named =
                segments(node).stream()
                        .map(
                                number ->
                                        Message.of(
                                                        whole(number, node)
                                                                ? "api.cut.segment"
                                                                : "api.cut.part",
                                                        "number",
                                                        number,
                                                        "name",
                                                        reader.name(number))
                                                .in(reader.language()))
                        .toList();
        String joiner = reader.language() == Language.CHINESE ? "、" : ", ";
        return Message.of("api.cut.list", "list", String.join(joiner, named));
    }

    /**
     * The tree for drawing: leaves are the micro-clusters in an order in which no branches cross,
     * nodes the merges.
     */
    Map<String, Object> tree() {
        return Body.of(
                "run",
                run.run().id(),
                "segments",
                run.analysis().segmentation().k(),
                "found",
                tree.clusters(),
                "cut_at",
                reading.height(),
                "leaves",
                leaves(),
                "merges",
                IntStream.range(0, tree.merges().size()).mapToObj(this::merge).toList(),
                "table",
                IntStream.rangeClosed(1, run.analysis().segmentation().k())
                        .mapToObj(this::row)
                        .toList());
    }

    private List<Map<String, Object>> leaves() {
        return IntStream.of(tree.order())
                .mapToObj(
                        leaf ->
                                Body.of(
                                        "node",
                                        leaf,
                                        "number",
                                        segmentOf[leaf] + 1,
                                        "size",
                                        counts.of(tree.size()[leaf])))
                .toList();
    }

    private Map<String, Object> merge(int place) {
        SegmentTree.Merge merge = tree.merges().get(place);
        return Body.of(
                "node",
                tree.leaves() + place,
                "left",
                merge.left(),
                "right",
                merge.right(),
                "height",
                merge.height(),
                "size",
                counts.of(merge.size()),
                "segments",
                tree.leaves() - place - 1,
                "branch",
                Branch.at(tree.leaves() + place, run.analysis().description().branches())
                        .filter(branch -> !counts.small(branch.size()))
                        .map(this::branch)
                        .orElse(null));
    }

    /**
     * What a merge of whole segments is called. Its size counts the customers whom people moved,
     * unlike that of the node.
     */
    private Map<String, Object> branch(Branch branch) {
        Branch.Called called = branch.called(reader.language());
        String owner = run.run().id();
        return Body.of(
                "name",
                called.name(),
                "who",
                called.who(),
                "basis",
                called.basis().word(),
                "writer",
                Writer.BUILTIN.word(),
                "segments",
                branch.segments(),
                "size",
                counts.withShare(branch.size(), reader.finished().customers()),
                "named_by",
                called.facts().stream()
                        .map(id -> facts.of(owner, reader.facts().get(id), reader.language()))
                        .toList(),
                "evidence",
                branch.facts().stream().map(id -> FactView.evidence(owner, id)).toList());
    }

    /** A segment in words: what it would join next on the way up. */
    private Map<String, Object> row(int number) {
        Map<String, Object> view = reader.brief(number);
        view.put(
                "size",
                counts.withShare(reader.profile(number).size(), reader.finished().customers()));
        view.put(
                "joins",
                reading.joint(number - 1)
                        .map(
                                joint ->
                                        Body.of(
                                                "height",
                                                joint.height(),
                                                "segments",
                                                segments(joint.node()).stream()
                                                        .map(reader::brief)
                                                        .toList()))
                        .orElse(null));
        return view;
    }
}
