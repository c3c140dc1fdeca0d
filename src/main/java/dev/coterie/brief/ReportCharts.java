package dev.coterie.brief;

import dev.coterie.describe.Analysis;
import dev.coterie.describe.Description;
import dev.coterie.describe.Difference;
import dev.coterie.describe.Disclosure;
import dev.coterie.describe.SegmentProfile;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.proof.Fact;
import dev.coterie.proof.Figures;
import dev.coterie.segment.Segmentation;
import java.util.Arrays;
import java.util.Locale;

/** The report's pictures as inline SVG. */
final class ReportCharts {
    private static final int MOST_POINTS = 5000;
    private static final int WIDTH = 900;
    private static final int HEIGHT = 560;
    private static final int MARGIN = 24;

    private ReportCharts() {}

    /** A scatter of at most 5,000 customers with the segments' names at their medians. */
    static String map(
            Analysis analysis, Description told, Disclosure disclosure, Language language) {
        Segmentation s = analysis.segmentation();
        int n = Math.min(s.labels().length, Math.min(s.map().x().length, s.map().y().length));
        if (n == 0) return "";
        var out = new StringBuilder();
        out.append("<h3>")
                .append(say(language, "map"))
                .append("</h3>\n<svg class=\"map\" role=\"img\" viewBox=\"0 0 ");
        out.append(WIDTH)
                .append(' ')
                .append(HEIGHT)
                .append("\"><title>")
                .append(say(language, "map.alt"))
                .append("</title>\n");
        // Every q-th customer: the order of customers has nothing to do with their place.
        double step = Math.max(1, (double) n / MOST_POINTS);
        int shown = 0;
        for (double i = 0; i < n && shown < MOST_POINTS; i += step, shown++) {
            int c = (int) i;
            // So many points would be counted.
            if (disclosure.withheld(s.labels()[c] + 1)) continue;
            String colour = Page.colour(s.labels()[c] + 1);
            out.append("<circle cx=\"")
                    .append(x(s.map().x()[c]))
                    .append("\" cy=\"")
                    .append(y(s.map().y()[c]));
            out.append(
                    s.outlier()[c]
                            ? "\" r=\"2\" fill=\"none\" stroke=\"#7A828C\" stroke-width=\".8\"/>"
                            : "\" r=\"1.9\" fill=\"" + colour + "\" fill-opacity=\".55\"/>");
        }
        labels(out, s, told, language);
        out.append("\n</svg>\n<p class=\"note\">");
        String note =
                Message.of(
                                "brief.report.map.note",
                                "shown",
                                Figures.show(shown, Fact.Unit.COUNT, language),
                                "all",
                                Figures.show(n, Fact.Unit.COUNT, language))
                        .in(language);
        return out.append(Page.escape(note)).append("</p>\n").toString();
    }

    private static void labels(
            StringBuilder out, Segmentation s, Description told, Language language) {
        var taken = new java.util.ArrayList<double[]>();
        for (SegmentProfile p : told.segments()) {
            if (p.number() > 30) break;
            int[] members = s.members(p.number() - 1);
            if (members.length == 0) continue;
            double cx = x(median(members, s.map().x()));
            double cy = y(median(members, s.map().y()));
            String name = p.number() + " " + p.wording(language).name();
            double half = (language == Language.CHINESE ? 13.5 : 8) * name.length() / 2.0;
            cx = Math.max(half + 4, Math.min(WIDTH - half - 4, cx));
            for (int tries = 0; tries < 12 && collides(taken, cx, cy, half); tries++) {
                cy += tries % 2 == 0 ? 17 * (tries + 1) : -17 * (tries + 1);
            }
            if (cy < 14 || cy > HEIGHT - 6 || collides(taken, cx, cy, half)) continue;
            taken.add(new double[] {cx, cy, half});
            out.append(
                    String.format(
                            Locale.ROOT,
                            "\n<text x=\"%.0f\" y=\"%.0f\" text-anchor=\"middle\">",
                            cx,
                            cy));
            out.append(Page.escape(name)).append("</text>");
        }
    }

    private static boolean collides(
            java.util.List<double[]> taken, double x, double y, double half) {
        return taken.stream()
                .anyMatch(t -> Math.abs(t[1] - y) < 16 && Math.abs(t[0] - x) < t[2] + half);
    }

    private static int median(int[] members, int[] values) {
        int[] own = Arrays.stream(members).map(m -> values[m]).sorted().toArray();
        return own[own.length / 2];
    }

    private static int x(int value) {
        return MARGIN + (int) ((long) value * (WIDTH - 2 * MARGIN) / 65535);
    }

    private static int y(int value) {
        return MARGIN + (int) ((long) value * (HEIGHT - 2 * MARGIN) / 65535);
    }

    /** A bar of 0..1. */
    static String bar(double part, int segment) {
        return String.format(
                Locale.ROOT,
                "<svg class=\"interval\" viewBox=\"0 0 140 16\" aria-hidden=\"true\"><rect class=\"bar\" x=\"0\" y=\"3\" width=\"%.1f\" height=\"10\" fill=\"%s\"/></svg>",
                Math.max(1, 138 * Math.min(1, part)),
                Page.colour(segment));
    }

    /** The difference and its interval around zero, scaled to the larger end. */
    static String interval(Difference d, int segment) {
        double reach = Math.max(Math.abs(d.low()), Math.abs(d.high()));
        if (reach == 0) return "";
        double low = 70 + 64 * d.low() / reach;
        double high = 70 + 64 * d.high() / reach;
        double middle = 70 + 64 * (d.segmentValue() - d.otherValue()) / reach;
        return String.format(
                Locale.ROOT,
                "<svg class=\"interval\" viewBox=\"0 0 140 16\" aria-hidden=\"true\"><path d=\"M70 1V15\" stroke=\"#7D8794\"/><path d=\"M%.1f 8H%.1fM%.1f 5V11M%.1f 5V11\" stroke=\"#1B2129\" stroke-width=\"1.2\"/><circle cx=\"%.1f\" cy=\"8\" r=\"3.5\" fill=\"%s\"/></svg>",
                low,
                high,
                low,
                high,
                middle,
                Page.colour(segment));
    }

    private static String say(Language language, String key) {
        return Page.escape(Message.of("brief.report." + key).in(language));
    }
}
