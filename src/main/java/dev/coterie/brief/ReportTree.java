package dev.coterie.brief;

import dev.coterie.describe.Analysis;
import dev.coterie.describe.Description;
import dev.coterie.describe.Disclosure;
import dev.coterie.describe.Fact;
import dev.coterie.describe.Figures;
import dev.coterie.describe.SegmentProfile;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.segment.SegmentTree;
import dev.coterie.segment.TreeReading;
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
        return report.out.toString();
    }

    private void figure() {
        var labels = new StringBuilder();
        double height = rows(labels);
        out.append("<h3>").append(text("tree")).append("</h3>\n<figure>");
        out.append(
                String.format(
                        Locale.ROOT,
                        "<svg class=\"tree\" role=\"img\" viewBox=\"0 0 %d %.0f\"><title>%s</title>%n",
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
        for (int node : top.merges()) branch(node);
        out.append(labels).append("\n</svg><figcaption class=\"note\">");
        out.append(text("tree.note")).append("</figcaption></figure>\n");
    }

    /** Places the groups and writes a name beside each run of groups of one segment. */
    private double rows(StringBuilder labels) {
        double y = 0;
        List<Integer> groups = top.groups();
        for (int from = 0, to; from < groups.size(); from = to) {
            int segment = segment(groups.get(from));
            to = from + 1;
            while (to < groups.size() && segment(groups.get(to)) == segment) to++;
            double row = Math.max(ROW, GROUP * (to - from));
            for (int i = from; i < to; i++) {
                middle.put(groups.get(i), y + row / (to - from) * (i - from + 0.5));
            }
            labels.append(
                    String.format(
                            Locale.ROOT,
                            "\n<rect x=\"%d\" y=\"%.1f\" width=\"10\" height=\"10\" fill=\"%s\"/>"
                                    + "<text x=\"%d\" y=\"%.1f\">%s</text>",
                            BRANCHES + 10,
                            y + row / 2 - 5,
                            Page.colour(segment + 1),
                            BRANCHES + 26,
                            y + row / 2 + 5,
                            Page.escape(name(segment))));
            y += row;
        }
        return y;
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

    private void branch(int node) {
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
                            .map(l -> l.stream().map(this::name).collect(Collectors.joining("; ")))
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

    private String text(String key) {
        return Page.escape(Message.of("brief.report." + key).in(language));
    }
}
