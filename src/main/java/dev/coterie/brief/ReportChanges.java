package dev.coterie.brief;

import dev.coterie.describe.Disclosure;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.segment.Succession;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * What changed since an earlier run, as a section of the report.
 *
 * @param succession from the earlier run to the one that the report is of
 * @param before names of the earlier segments, by number
 */
public record ReportChanges(Succession succession, List<String> before) {
    public ReportChanges {
        before = List.copyOf(before);
        if (before.size() != succession.earlier()) {
            throw new IllegalArgumentException(
                    succession.earlier() + " segments, " + before.size() + " names");
        }
    }

    /**
     * @param after names of the report's own segments, by number
     * @param disclosure of the report's own segments
     */
    String section(List<String> after, Disclosure disclosure, Language language) {
        boolean[] withheld = withheld(disclosure);
        int cells = withheld.length - 4;
        var out = new StringBuilder("<h2 id=\"changes\">");
        out.append(say(language, "title")).append("</h2>\n<p>");
        out.append(
                say(
                        language,
                        "customers",
                        "stayed",
                        count(succession.stayed(), withheld[cells], language),
                        "moved",
                        count(succession.moved(), withheld[cells + 1], language),
                        "new",
                        count(succession.newCustomers(), withheld[cells + 2], language),
                        "gone",
                        count(succession.goneCustomers(), withheld[cells + 3], language)));
        out.append("</p>\n");
        List<String> sentences = sentences(after, language);
        if (!sentences.isEmpty()) {
            out.append("<ul>\n");
            for (String sentence : sentences) {
                out.append("<li>").append(Page.escape(sentence)).append("</li>\n");
            }
            out.append("</ul>\n");
        }
        table(out, after, withheld, language);
        return out.toString();
    }

    /**
     * Which figures are withheld: the cells of the table, row by row as it is shown, a row for each
     * earlier segment with those who left at its end, then the new ones; after them those who
     * stayed, who moved, the new and the gone of the sentence. Known are all customers of either
     * run and the sizes of the segments that are told.
     */
    private boolean[] withheld(Disclosure disclosure) {
        int rows = before.size() + 1;
        int columns = succession.joined().length + 1;
        int cells = rows * columns;
        long[] counts = new long[cells + 4];
        boolean[] withheld = new boolean[counts.length];
        for (int c = 0; c < cells; c++) {
            counts[c] = customers(c / columns, c % columns);
            // The column of a size that is withheld: together its cells would be that size.
            boolean sized = c % columns < columns - 1 && disclosure.withheld(c % columns + 1);
            withheld[c] = sized && counts[c] > 0;
        }
        var sums = new ArrayList<int[]>();
        sums.add(IntStream.range(0, cells - columns).toArray());
        sums.add(cells(cells, c -> c % columns < columns - 1));
        sizes(disclosure, cells, columns, sums);
        IntPredicate flow = c -> c < cells - columns && c % columns < columns - 1;
        IntPredicate same = c -> same(c / columns, c % columns);
        List<IntPredicate> moves =
                List.of(
                        flow.and(same),
                        flow.and(same.negate()),
                        c -> c >= cells - columns,
                        c -> c < cells - columns && c % columns == columns - 1);
        for (int m = 0; m < moves.size(); m++) {
            int move = cells + m;
            counts[move] = IntStream.of(cells(cells, moves.get(m))).mapToLong(c -> counts[c]).sum();
            // With all other cells a move makes up the whole table.
            int[] others = cells(cells, moves.get(m).negate());
            sums.add(IntStream.concat(IntStream.of(others), IntStream.of(move)).toArray());
        }
        sums.add(new int[] {cells, cells + 1, cells + 2});
        sums.add(new int[] {cells, cells + 1, cells + 3});
        return Disclosure.withheld(counts, withheld, sums, Disclosure.FEWEST);
    }

    private void sizes(Disclosure disclosure, int cells, int columns, List<int[]> sums) {
        boolean[] withheldBefore = withheldBefore();
        for (int i = 0; i < before.size(); i++) {
            int row = i;
            if (!withheldBefore[i]) sums.add(cells(cells, c -> c / columns == row));
        }
        for (int j = 0; j < columns - 1; j++) {
            int column = j;
            if (!disclosure.withheld(j + 1)) sums.add(cells(cells, c -> c % columns == column));
        }
    }

    /** Whose sizes a report of the earlier run withheld, as far as its sizes alone decide. */
    private boolean[] withheldBefore() {
        long[] sizes = new long[before.size()];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = LongStream.of(succession.flow()[i]).sum() + succession.gone()[i];
        }
        return Disclosure.withheld(sizes, new boolean[sizes.length], List.of(), Disclosure.FEWEST);
    }

    private static int[] cells(int all, IntPredicate wanted) {
        return IntStream.range(0, all).filter(wanted).toArray();
    }

    private boolean same(int i, int j) {
        return i < before.size() && succession.successor()[i] == j;
    }

    /** Customers in a cell of the table; nobody is new and gone. */
    private long customers(int i, int j) {
        boolean last = j == succession.joined().length;
        if (i == before.size()) return last ? 0 : succession.joined()[j];
        return last ? succession.gone()[i] : succession.flow()[i][j];
    }

    /** New, gone, split and merged segments in words. */
    private List<String> sentences(List<String> after, Language language) {
        var out = new ArrayList<String>();
        for (int j : succession.born()) {
            out.add(message(language, "born", "number", j + 1, "name", after.get(j)));
        }
        for (int i : succession.died()) {
            out.add(message(language, "died", "number", i + 1, "name", before.get(i)));
        }
        for (Succession.Regrouping split : succession.splits()) {
            out.add(
                    message(
                            language,
                            "split",
                            "name",
                            before.get(split.whole()),
                            "parts",
                            names(split.parts(), after, language)));
        }
        for (Succession.Regrouping merge : succession.merges()) {
            out.add(
                    message(
                            language,
                            "merged",
                            "name",
                            after.get(merge.whole()),
                            "parts",
                            names(merge.parts(), before, language)));
        }
        return out;
    }

    private static String names(List<Integer> parts, List<String> of, Language language) {
        return String.join(
                language == Language.CHINESE ? "、" : ", ", parts.stream().map(of::get).toList());
    }

    private void table(
            StringBuilder out, List<String> after, boolean[] withheld, Language language) {
        int columns = after.size() + 1;
        out.append("<table><caption class=\"note\">").append(say(language, "table"));
        out.append("</caption><thead><tr><th scope=\"col\">").append(say(language, "from"));
        out.append("</th>");
        for (int j = 0; j < after.size(); j++) {
            out.append("<th scope=\"col\" class=\"num\" title=\"")
                    .append(Page.escape(after.get(j)))
                    .append("\">")
                    .append(Page.badge(j + 1))
                    .append("</th>");
        }
        out.append("<th scope=\"col\" class=\"num\">").append(say(language, "gone"));
        out.append("</th></tr></thead><tbody>\n");
        for (int i = 0; i < before.size(); i++) {
            out.append("<tr><td>").append(Page.badge(i + 1)).append(Page.escape(before.get(i)));
            out.append("</td>");
            for (int j = 0; j < columns; j++) {
                boolean bold = same(i, j);
                out.append("<td class=\"num\">").append(bold ? "<b>" : "");
                out.append(cell(i, j, withheld[i * columns + j], language));
                out.append(bold ? "</b></td>" : "</td>");
            }
            out.append("</tr>\n");
        }
        out.append("<tr><td>").append(say(language, "new")).append("</td>");
        for (int j = 0; j < after.size(); j++) {
            out.append("<td class=\"num\">");
            out.append(cell(before.size(), j, withheld[before.size() * columns + j], language));
            out.append("</td>");
        }
        out.append("<td></td></tr>\n</tbody></table>\n");
    }

    private String cell(int i, int j, boolean withheld, Language language) {
        long value = customers(i, j);
        boolean dash = withheld && value >= Disclosure.FEWEST;
        return dash ? "–" : Page.escape(ReportWords.small(value, language));
    }

    /** A count of customers in a sentence, withheld where it is small or would tell one. */
    private static String count(long value, boolean withheld, Language language) {
        return withheld && value >= Disclosure.FEWEST
                ? message(language, "some")
                : ReportWords.small(value, language);
    }

    private static String message(Language language, String key, Object... arguments) {
        return Message.of("brief.report.changes." + key, arguments).in(language);
    }

    private static String say(Language language, String key, Object... arguments) {
        return Page.escape(message(language, key, arguments));
    }
}
