package dev.coterie.brief;

import dev.coterie.describe.Analysis;
import dev.coterie.describe.Branch;
import dev.coterie.describe.Description;
import dev.coterie.describe.Disclosure;
import dev.coterie.describe.SegmentProfile;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.proof.Fact;
import dev.coterie.proof.Figures;
import dev.coterie.segment.SegmentTree;
import dev.coterie.segment.TreeReading;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The tree over the segments as a dendrogram with the same in a table. */
final class ReportTree {
    private static final int GROUPS = 30;
    private static final int WIDTH = 900;
    private static final int BRANCHES = 540;
    private static final int GROUP = 14;
    private static final int ROW = 26;
    private static final int HEADING = 22;
    private static final int INDENT = 12;

    private final Language language;
    private final SegmentTree tree;
    private final TreeReading reading;
    private final TreeReading.Top top;
    private final Disclosure disclosure;
    private final Description told;
    private final Map<Integer, Double> middle = new HashMap<>();
    private final StringBuilder out = new StringBuilder();

    private ReportTree(Analysis analysis, Language language) {
        this.language = language;
        this.disclosure = Disclosure.of(analysis.segmentation());
        this.told = disclosure.told(analysis.description());
        var hierarchy = analysis.segmentation().hierarchy();
        this.tree = hierarchy.tree();
        this.reading = new TreeReading(tree, hierarchy.cut());
        this.top = reading.top(GROUPS);
    }

    /** Empty where there is a single segment that cannot be divided. */
    static String of(Analysis analysis, Language language) {
        var report = new ReportTree(analysis, language);
        if (report.tree.merges().isEmpty()) return "";
        report.figure();
        report.table();
        if (!report.told.branches().isEmpty()) report.branches();
        return report.out.toString();
    }

    private void figure() {
        var labels = new StringBuilder();
        double height = rows(labels);
        out.append("<h3>").append(text("tree")).append("</h3>\n<figure>");
        out.append(
                String.format(
                        Locale.ROOT,
                        "<svg class=\"tree\" role=\"img\" viewBox=\"0 0 %d %.0f\"><title>%s</title>\n",
                        WIDTH,
                        height,
                        text("tree.alt")));
        reading.height()
                .ifPresent(
                        at ->
                                out.append(
                                        String.format(
                                                Locale.ROOT,
                                                "<path d=\"M%.1f 0V%.1f\" stroke=\"#1D5FC2\""
                                                        + " stroke-dasharray=\"4 4\"/>",
                                                x(at),
                                                height)));
        for (int node : top.merges()) joint(node);
        out.append(labels).append("\n</svg><figcaption class=\"note\">");
        out.append(text("tree.note")).append("</figcaption></figure>\n");
    }

    /** Places the groups; writes the names of branches and of each run of a segment's groups. */
    private double rows(StringBuilder labels) {
        double y = 0;
        List<Line> lines = lines(tree.leaves() + tree.merges().size() - 1, 0);
        for (Line line : lines) {
            y = line.branch().isPresent() ? heading(line, y, labels) : groups(line, y, labels);
        }
        return y;
    }

    /**
     * A line beside the drawing.
     *
     * @param branch whose name stands here; empty for a segment
     * @param groups of the segment, from top to bottom
     */
    private record Line(int depth, Optional<Branch> branch, List<Integer> groups) {}

    private List<Line> lines(int node, int depth) {
        if (!top.merges().contains(node)) {
            return List.of(new Line(depth, Optional.empty(), List.of(node)));
        }
        var out = new ArrayList<Line>();
        Optional<Branch> branch = Branch.at(node, told.branches());
        branch.ifPresent(b -> out.add(new Line(depth, branch, List.of())));
        SegmentTree.Merge merge = tree.merges().get(node - tree.leaves());
        int inside = branch.isPresent() ? depth + 1 : depth;
        boolean leftFirst = first(merge.left()) < first(merge.right());
        out.addAll(lines(leftFirst ? merge.left() : merge.right(), inside));
        for (Line line : lines(leftFirst ? merge.right() : merge.left(), inside)) {
            Line last = out.get(out.size() - 1);
            boolean goesOn =
                    !line.groups().isEmpty()
                            && !last.groups().isEmpty()
                            && segment(line.groups().get(0)) == segment(last.groups().get(0));
            if (!goesOn) {
                out.add(line);
                continue;
            }
            var joined = new ArrayList<>(last.groups());
            joined.addAll(line.groups());
            out.set(out.size() - 1, new Line(last.depth(), Optional.empty(), joined));
        }
        return out;
    }

    /** The place of a node's topmost group. */
    private int first(int node) {
        if (!top.merges().contains(node)) return top.groups().indexOf(node);
        SegmentTree.Merge merge = tree.merges().get(node - tree.leaves());
        return Math.min(first(merge.left()), first(merge.right()));
    }

    private double heading(Line line, double y, StringBuilder labels) {
        Branch branch = line.branch().orElseThrow();
        labels.append(
                String.format(
                        Locale.ROOT,
                        "\n<text x=\"%d\" y=\"%.1f\" font-weight=\"600\">%s</text>",
                        BRANCHES + 10 + INDENT * line.depth(),
                        y + HEADING - 6.0,
                        Page.escape(branch.called(language).name())));
        return y + HEADING;
    }

    private double groups(Line line, double y, StringBuilder labels) {
        List<Integer> groups = line.groups();
        double row = Math.max(ROW, GROUP * groups.size());
        for (int i = 0; i < groups.size(); i++) {
            middle.put(groups.get(i), y + row / groups.size() * (i + 0.5));
        }
        int segment = segment(groups.get(0));
        int x = BRANCHES + 10 + INDENT * line.depth();
        labels.append(
                String.format(
                        Locale.ROOT,
                        "\n<rect x=\"%d\" y=\"%.1f\" width=\"10\" height=\"10\" fill=\"%s\"/>"
                                + "<text x=\"%d\" y=\"%.1f\">%s</text>",
                        x,
                        y + row / 2 - 5,
                        Page.colour(segment + 1),
                        x + 16,
                        y + row / 2 + 5,
                        Page.escape(name(segment))));
        return y + row;
    }

    private int segment(int group) {
        return reading.segment(group).orElseThrow();
    }

    private String name(int segment) {
        SegmentProfile profile = told.segment(segment + 1).orElseThrow();
        return (segment + 1) + " " + profile.wording(language).name();
    }

    private double x(double height) {
        double most = tree.merges().get(tree.merges().size() - 1).height();
        return BRANCHES - (most == 0 ? 0 : height / most * (BRANCHES - 6));
    }

    private void joint(int node) {
        SegmentTree.Merge merge = tree.merges().get(node - tree.leaves());
        double left = middle.get(merge.left());
        double right = middle.get(merge.right());
        middle.put(node, (left + right) / 2);
        String colour = reading.segment(node).map(s -> Page.colour(s + 1)).orElse("#7D8794");
        out.append(
                String.format(
                        Locale.ROOT,
                        "<path d=\"M%.1f %.1fH%.1fV%.1fH%.1f\" fill=\"none\" stroke=\"%s\""
                                + " stroke-width=\"1.5\"/>",
                        end(merge.left()),
                        left,
                        x(merge.height()),
                        right,
                        end(merge.right()),
                        colour));
    }

    private double end(int node) {
        boolean drawn = top.merges().contains(node);
        return drawn ? x(tree.merges().get(node - tree.leaves()).height()) : BRANCHES;
    }

    private void table() {
        out.append("<table class=\"small\"><caption class=\"note\">").append(text("tree.table"));
        out.append("</caption><thead><tr><th scope=\"col\">").append(text("name"));
        out.append("</th><th scope=\"col\" class=\"num\">").append(text("customers"));
        out.append("</th><th scope=\"col\">").append(text("tree.joins"));
        out.append("</th><th scope=\"col\" class=\"num\">").append(text("tree.height"));
        out.append("</th></tr></thead><tbody>\n");
        for (SegmentProfile p : told.segments()) {
            Optional<TreeReading.Joint> joint = reading.joint(p.number() - 1);
            String others =
                    joint.map(j -> reading.segments(j.node()))
                            .map(
                                    l ->
                                            l.stream()
                                                    .map(this::name)
                                                    .collect(Collectors.joining(semicolon())))
                            .orElse("–");
            out.append("<tr><td>").append(Page.escape(name(p.number() - 1)));
            out.append("</td><td class=\"num\">");
            out.append(Page.escape(disclosure.size(p.number(), language)));
            out.append("</td><td>").append(Page.escape(others)).append("</td><td class=\"num\">");
            String height =
                    joint.map(j -> Figures.show(j.height(), Fact.Unit.NUMBER, language))
                            .orElse("–");
            out.append(Page.escape(height)).append("</td></tr>\n");
        }
        out.append("</tbody></table>\n");
    }

    /** The branches from everybody downwards, with what their names rest on. */
    private void branches() {
        out.append("<table class=\"small\"><caption class=\"note\">");
        out.append(text("tree.branches")).append("</caption><thead><tr><th scope=\"col\">");
        out.append(text("tree.branch")).append("</th><th scope=\"col\" class=\"num\">");
        out.append(text("customers")).append("</th><th scope=\"col\">");
        out.append(text("tree.segments")).append("</th><th scope=\"col\">");
        out.append(text("tree.named_by")).append("</th></tr></thead><tbody>\n");
        for (int i = told.branches().size() - 1; i >= 0; i--) branch(told.branches().get(i));
        out.append("</tbody></table>\n");
    }

    private void branch(Branch branch) {
        Branch.Called called = branch.called(language);
        String comma = language == Language.CHINESE ? "、" : ", ";
        String numbers =
                branch.segments().stream()
                        .map(n -> Integer.toString(n))
                        .collect(Collectors.joining(comma));
        String facts =
                called.facts().stream()
                        .map(told.facts()::get)
                        .map(this::figure)
                        .collect(Collectors.joining(semicolon()));
        out.append("<tr><td>").append(Page.escape(called.name())).append("</td><td class=\"num\">");
        out.append(Page.escape(disclosure.size(branch, language))).append("</td><td>");
        out.append(Page.escape(numbers)).append("</td><td>");
        out.append(Page.escape(facts.isEmpty() ? "–" : facts)).append("</td></tr>\n");
    }

    private String figure(Fact fact) {
        String shown =
                fact.label().in(language) + " " + Figures.shared(fact, language, Disclosure.FEWEST);
        String whose = fact.filter().in(language);
        return language == Language.CHINESE
                ? shown + "（" + whose + "）"
                : shown + " (" + whose + ")";
    }

    private String semicolon() {
        return language == Language.CHINESE ? "；" : "; ";
    }

    private String text(String key) {
        return Page.escape(Message.of("brief.report." + key).in(language));
    }
}
