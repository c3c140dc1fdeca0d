package dev.coterie.brief;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.describe.Analysis;
import dev.coterie.describe.Disclosure;
import dev.coterie.describe.SampleCustomers;
import dev.coterie.language.Language;
import dev.coterie.proof.Fact;
import dev.coterie.proof.Figures;
import dev.coterie.proof.References;
import dev.coterie.segment.Segmentation;
import dev.coterie.segment.Succession;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntToLongFunction;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.MatrixFeatures_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What documents and reports of a run tell somebody who wants the size of a small segment. */
class FewCustomersTest {
    private static final int[] SIZES = {6, 25, 149};
    private static final Analysis RUN =
            SampleCustomers.analysis(
                    SampleCustomers.english(60, 7),
                    SampleCustomers.labelled(
                            IntStream.range(0, 180).map(FewCustomersTest::label).toArray(), 3));

    /** Six of one planted group, 25 of another, and all others. */
    private static int label(int customer) {
        int nth = customer / 3;
        int group = customer % 3;
        return group == 0 && nth < SIZES[0] ? 0 : group == 1 && nth < SIZES[1] ? 1 : 2;
    }

    private static List<String> documents(int segment, Language language, int smallCount) {
        Brief brief =
                new BriefWriter(Optional.empty()).write(RUN, segment, BriefRequest.in(language));
        return List.of(
                BriefMarkdown.render(brief, language, smallCount),
                BriefHtml.render(brief, language, smallCount)
                        .replaceAll("(?s)<style>.*</style>|<[^>]*>", " "));
    }

    /** Every way in which a text states a number of rows or customers. */
    private static boolean counts(String text, long n) {
        return Pattern.compile(
                        "(rows: |n = |行数：|\\(|（|该客群有 |这 )"
                                + n
                                + "(?![\\d.,\u00a0])|(?<![\\d.,<>\u00a0] ?)\\b"
                                + n
                                + "( customers| 位客户)")
                .matcher(text)
                .find();
    }

    @ParameterizedTest
    @CsvSource({"1,10,ENGLISH", "1,10,CHINESE", "2,26,ENGLISH", "2,26,CHINESE"})
    void noDocumentTellsOfASegmentBelowTheThreshold(int number, int small, Language language) {
        for (String text : documents(number, language, small)) {
            for (int n = 1; n < small; n++) assertFalse(counts(text, n), n + " in " + text);
            for (Fact f : RUN.description().facts().values()) {
                String key = f.label().key();
                boolean tells = key.matches("describe.fact.(share|value|value_each|value_share)");
                if (!tells || f.segment() != number) continue;
                String shown = Figures.show(f.value(), f.unit(), language);
                assertFalse(
                        Pattern.compile("(?<![\\d.,])" + Pattern.quote(shown) + "(?!\\d)")
                                .matcher(text)
                                .find(),
                        key + " " + shown + " in " + text);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void documentsOfALargeSegmentKeepTheirFigures(Language language) {
        for (String text : documents(3, language, 10)) assertTrue(counts(text, 149), text);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void theDescriptionOfASmallSegmentStaysASentence(Language language) {
        var wording = RUN.description().segments().get(0).wording(language);
        for (String sentence : wording.sentences()) {
            String shown = References.render(sentence, RUN.description().facts(), language, 10);
            assertFalse(shown.contains("{{") || shown.contains("–"), shown);
            for (String id : References.ids(sentence)) {
                Fact f = RUN.description().facts().get(id);
                boolean own = f.n() == SIZES[0] || f.label().key().endsWith(".share");
                boolean stable = f.label().key().endsWith("stability");
                if (own && !stable) assertTrue(Figures.guarded(f, 10), f.toString());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void aLargeSegmentIsToldExactly(Language language) {
        for (Fact f : RUN.description().facts().values()) {
            boolean tells =
                    f.label()
                            .key()
                            .matches("describe.fact.(size|share|value|value_each|value_share)");
            if (!tells || f.segment() != 3) continue;
            assertEquals(
                    Figures.show(f.value(), f.unit(), language), Figures.show(f, language, 10));
        }
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void theReportHasNoColumnWithASizeItWithholds(Language language) {
        String report = Report.render(RUN, language);
        String second = report.substring(report.indexOf("id=\"segment-2\""));
        second = second.substring(0, second.indexOf("</section>"));
        List<String> cells = cells(second);
        assertTrue(cells.size() > 5, second);
        for (String cell : cells) assertFalse(cell.equals("25"), second);
        String third = report.substring(report.indexOf("id=\"segment-3\""));
        assertTrue(cells(third).contains("149"), third);
    }

    private static List<String> cells(String html) {
        return Pattern.compile("<td class=\"num\">(?:<b>)?([^<]*)(?:</b>)?</td>")
                .matcher(html)
                .results()
                .map(m -> m.group(1))
                .toList();
    }

    /** Flows between two runs of drawn sizes. */
    private static Succession drawn(Random random) {
        int before = 2 + random.nextInt(5);
        int after = 2 + random.nextInt(5);
        long[][] flow = new long[before][after];
        for (long[] row : flow) Arrays.setAll(row, j -> size(random));
        long[] gone = random.longs(before, 0, 30).toArray();
        long[] joined = random.longs(after, 0, 30).toArray();
        int[] successor = new int[before];
        Arrays.setAll(successor, i -> i < after ? i : -1);
        return new Succession(flow, gone, joined, successor);
    }

    private static long size(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> random.nextInt(11);
            default -> random.nextInt(90);
        };
    }

    @Test
    void noSmallCellAndNoWithheldSizeFollowsFromTheTableOfChanges() {
        int shown = 0;
        for (int seed = 0; seed < 200; seed++) {
            Succession s = drawn(new Random(seed));
            int after = s.joined().length;
            long[] sizes = new long[after];
            for (int j = 0; j < after; j++) {
                sizes[j] = s.joined()[j];
                for (long[] row : s.flow()) sizes[j] += row[j];
            }
            if (Arrays.stream(sizes).anyMatch(n -> n == 0)) continue;
            var disclosure = Disclosure.of(labelled(after, j -> sizes[j]));
            var changes = new ReportChanges(s, names(s.flow().length));
            String html = changes.section(names(after), disclosure, Language.ENGLISH);
            shown += new Attack(s, disclosure, cells(html)).run("seed " + seed + "\n" + html);
        }
        assertTrue(shown > 500, "the table must still tell something: " + shown);
    }

    private static Segmentation labelled(int k, IntToLongFunction size) {
        int[] labels =
                IntStream.range(0, k)
                        .flatMap(j -> IntStream.generate(() -> j).limit(size.applyAsLong(j)))
                        .toArray();
        return SampleCustomers.labelled(labels, k);
    }

    private static List<String> names(int k) {
        return IntStream.rangeClosed(1, k).mapToObj(i -> "Name " + i).toList();
    }

    /** Solves for cells by what the table and the sizes in the report tell. */
    private static final class Attack {
        /** Stayed, moved, new and gone, where they are told. */
        static final Pattern MOVES =
                Pattern.compile(
                        "both runs (\\d*).* stayed .* and (\\d*).* moved; (\\d*).* customers are"
                                + " new, (\\d*).* are gone");

        final Succession s;
        final int columns;
        final int cells;
        final List<double[]> known = new ArrayList<>();
        final List<String> told;
        final Disclosure disclosure;

        Attack(Succession s, Disclosure disclosure, List<String> shown) {
            this.s = s;
            this.disclosure = disclosure;
            columns = s.joined().length + 1;
            cells = (s.flow().length + 1) * columns;
            told = new ArrayList<>(shown);
            told.add("0"); // nobody is new and gone
        }

        long value(int cell) {
            int i = cell / columns;
            int j = cell % columns;
            boolean last = j == columns - 1;
            if (i == s.flow().length) return last ? 0 : s.joined()[j];
            return last ? s.gone()[i] : s.flow()[i][j];
        }

        /** Customers of an earlier segment. */
        long size(int segment) {
            return IntStream.range(segment * columns, (segment + 1) * columns)
                    .mapToLong(this::value)
                    .sum();
        }

        double[] row(IntStream of) {
            double[] row = new double[cells];
            of.forEach(c -> row[c] = 1);
            return row;
        }

        IntStream column(int j) {
            return IntStream.range(0, cells).filter(c -> c % columns == j);
        }

        IntStream kept(boolean stayed) {
            return IntStream.range(0, cells - columns)
                    .filter(c -> c % columns < columns - 1)
                    .filter(c -> s.successor()[c / columns] == c % columns == stayed);
        }

        /** A sum below the threshold is told nowhere. */
        void sum(IntStream of) {
            int[] summed = of.toArray();
            long sum = IntStream.of(summed).mapToLong(this::value).sum();
            if (sum >= Disclosure.FEWEST) known.add(row(IntStream.of(summed)));
        }

        int run(String context) {
            assertEquals(cells, told.size(), context);
            int shown = 0;
            for (int c = 0; c < cells; c++) {
                if (!told.get(c).matches("\\d+")) continue;
                assertEquals(value(c), Long.parseLong(told.get(c)), context);
                known.add(row(IntStream.of(c)));
                if (value(c) > 0) shown++;
            }
            long[] before = IntStream.range(0, s.flow().length).mapToLong(this::size).toArray();
            boolean[] withheld =
                    Disclosure.withheld(before, new boolean[before.length], List.of(), 11);
            for (int i = 0; i < cells / columns - 1; i++) {
                int line = i;
                if (withheld[i]) continue;
                sum(IntStream.range(0, cells).filter(c -> c / columns == line));
            }
            for (int j = 0; j < columns - 1; j++) {
                if (!disclosure.withheld(j + 1)) known.add(row(column(j)));
            }
            sum(IntStream.range(0, cells - columns));
            sum(IntStream.range(0, cells).filter(c -> c % columns < columns - 1));
            var moves = MOVES.matcher(context);
            assertTrue(moves.find(), context);
            if (!moves.group(1).isEmpty()) sum(kept(true));
            if (!moves.group(2).isEmpty()) sum(kept(false));
            if (!moves.group(3).isEmpty()) sum(IntStream.range(cells - columns, cells));
            if (!moves.group(4).isEmpty()) sum(column(columns - 1));
            int rank = rank(known);
            for (int c = 0; c < cells; c++) {
                if (value(c) == 0 || value(c) >= Disclosure.FEWEST) continue;
                assertFalse(follows(row(IntStream.of(c)), rank), "cell " + c + " " + context);
            }
            for (int j = 0; j < columns - 1; j++) {
                if (!disclosure.withheld(j + 1)) continue;
                assertFalse(follows(row(column(j)), rank), "size " + (j + 1) + " " + context);
            }
            return shown;
        }

        boolean follows(double[] asked, int rank) {
            var with = new ArrayList<>(known);
            with.add(asked);
            return rank(with) == rank;
        }

        private static int rank(List<double[]> rows) {
            return MatrixFeatures_DDRM.rank(new DMatrixRMaj(rows.toArray(double[][]::new)), 1e-9);
        }
    }
}
