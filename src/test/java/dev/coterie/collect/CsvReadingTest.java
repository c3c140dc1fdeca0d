package dev.coterie.collect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.error.InvalidInputException;
import dev.coterie.error.LimitException;
import dev.coterie.progress.Progress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvReadingTest {
    @TempDir Path folder;

    private RawTable read(byte[] bytes, String name) throws IOException {
        Path file = folder.resolve("upload");
        Files.write(file, bytes);
        return new TableReader(TestLimits.DEFAULT).read(file, name, Progress.NONE);
    }

    private RawTable read(String text) throws IOException {
        return read(text.getBytes(StandardCharsets.UTF_8), "table.csv");
    }

    private static List<String> row(RawTable table, int row) {
        return table.columns().stream().map(c -> c.cell(row)).toList();
    }

    private static List<String> names(RawTable table) {
        return table.columns().stream().map(RawColumn::name).toList();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(out)) {
            zip.write(bytes);
        }
        return out.toByteArray();
    }

    @Nested
    class Records {
        @ParameterizedTest
        @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
        void randomTablesComeBackAsWritten(long seed) throws IOException {
            var random = new Random(seed);
            String[] ends = {"\n", "\r\n", "\r"};
            String end = ends[random.nextInt(3)];
            char delimiter = ",;\t|".charAt(random.nextInt(4));
            int width = 2 + random.nextInt(5);
            var text = new StringBuilder();
            for (int c = 0; c < width; c++)
                text.append(c == 0 ? "" : delimiter).append("name ").append(c);
            text.append(end);
            var expected = new ArrayList<List<String>>();
            var lines = new ArrayList<Integer>();
            int line = 2;
            for (int r = 0; r < 60; r++) {
                if (random.nextInt(5) == 0) {
                    text.append(end);
                    line++;
                }
                lines.add(line);
                var cells = new ArrayList<String>();
                for (int c = 0; c < width; c++) {
                    String cell = cell(random);
                    cells.add(cell);
                    text.append(c == 0 ? "" : delimiter);
                    text.append('"').append(cell.replace("\"", "\"\"")).append('"');
                    line += breaks(cell);
                }
                expected.add(cells);
                text.append(end);
                line++;
            }
            RawTable table = read(text.toString());
            assertEquals(60, table.rows());
            assertEquals(List.of(), table.rejects());
            assertEquals(delimiter, table.format().delimiter());
            for (int r = 0; r < 60; r++) {
                assertEquals(expected.get(r), row(table, r));
                assertEquals(lines.get(r), table.lines()[r], "line of row " + r);
                assertEquals(r + 1, table.recordNumbers()[r]);
            }
        }

        private static String cell(Random random) {
            String[] parts = {
                "a",
                "B",
                "\"",
                ",",
                ";",
                "|",
                " ",
                "\n",
                "\r\n",
                "\r",
                "\u4E2D",
                "\uD83D\uDE00",
                "5",
                "''"
            };
            var cell = new StringBuilder();
            for (int i = random.nextInt(8); i > 0; i--)
                cell.append(parts[random.nextInt(parts.length)]);
            return cell.toString();
        }

        private static int breaks(String cell) {
            return cell.replace("\r\n", "\n").replace('\r', '\n').split("\n", -1).length - 1;
        }

        /** Among more rows than the header is guessed from, and in a file with quoted cells. */
        @ParameterizedTest
        @ValueSource(ints = {1, 2, 99, 100, 101, 250, 400})
        void aRowWithMoreCellsThanTheHeaderIsRefusedAlone(int extra) throws IOException {
            var text = new StringBuilder("customer_id,date,rating,review\n");
            for (int i = 1; i <= 400; i++) {
                String review = i % 3 == 0 ? "\"Arrived late, again\"" : "Fits well";
                text.append(1000 + i).append(",2026-03-01,4,").append(review);
                text.append(i == extra ? ",extra\n" : "\n");
            }
            RawTable table = read(text.toString());
            assertEquals(399, table.rows());
            assertEquals(1, table.rejects().size());
            Reject refused = table.rejects().get(0);
            assertEquals(extra + 1, refused.line());
            assertTrue(refused.reason().toString().contains("5 cells instead of 4"));
        }

        @ParameterizedTest
        @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
        void anyBytesAddUpOrAreRefused(long seed) throws IOException {
            var random = new Random(seed);
            byte[] alphabet = "ab1,;\"\"\n\r\t 5\u00E9\u4E2D{}".getBytes(StandardCharsets.UTF_8);
            for (int round = 0; round < 200; round++) {
                byte[] bytes = new byte[random.nextInt(300)];
                for (int i = 0; i < bytes.length; i++) {
                    bytes[i] = alphabet[random.nextInt(alphabet.length)];
                }
                try {
                    RawTable table = read(bytes, "any.csv");
                    var numbers = new ArrayList<Long>();
                    for (int n : table.recordNumbers()) numbers.add((long) n);
                    table.rejects().forEach(r -> numbers.add(r.record()));
                    numbers.sort(null);
                    for (int i = 0; i < numbers.size(); i++) assertEquals(i + 1L, numbers.get(i));
                } catch (InvalidInputException | LimitException refused) {
                    assertFalse(refused.getMessage().isBlank());
                }
            }
        }

        @Test
        void shortAndLongRowsAreRefusedWithTheirLine() throws IOException {
            RawTable table = read("a,b\n1,2\n\n3\n4,5,6\n7,8\n");
            assertEquals(2, table.rows());
            assertArrayEquals(new int[] {1, 4}, table.recordNumbers());
            assertArrayEquals(new int[] {2, 6}, table.lines());
            assertEquals(List.of(4L, 5L), table.rejects().stream().map(Reject::line).toList());
            assertEquals("too_few_cells", code(table.rejects().get(0)));
            assertEquals("too_many_cells", code(table.rejects().get(1)));
        }

        @Test
        void quotesInsidePlainCellsAreText() throws IOException {
            assertEquals(List.of("5\" screen", "x"), row(read("a,b\n5\" screen,x\n"), 0));
        }

        @Test
        void textAfterAClosingQuoteIsRefused() throws IOException {
            RawTable table = read("a,b\n\"x\"y,1\nz,2\n");
            assertEquals(1, table.rows());
            assertEquals("text_after_quote", code(table.rejects().get(0)));
        }

        @Test
        void anUnclosedQuoteEndsAtTheRowLimit() throws IOException {
            var text = new StringBuilder("id,a\n1,x\n2,\"never closed\n");
            while (text.length() < 1_300_000) text.append("3,some ordinary row of a long file\n");
            RawTable table = read(text.toString());
            assertEquals(1, table.rejects().size());
            assertEquals(3, table.rejects().get(0).line());
            assertEquals("quote_never_closed", code(table.rejects().get(0)));
            assertTrue(table.rows() > 5_000, "rows after the limit load");
        }

        @Test
        void aRowOverTheLimitIsRefused() throws IOException {
            String cell = "x".repeat(30_000);
            var text = new StringBuilder(String.join(",", column(40))).append('\n');
            text.append(String.join(",", Arrays.asList(filled(40, cell)))).append('\n');
            text.append(String.join(",", Arrays.asList(filled(40, "y")))).append('\n');
            RawTable table = read(text.toString());
            assertEquals(1, table.rows());
            assertEquals("row_too_long", code(table.rejects().get(0)));
            assertTrue(table.rejects().get(0).excerpt().length() <= 200);
        }

        private static List<String> column(int n) {
            var names = new ArrayList<String>();
            for (int i = 0; i < n; i++) names.add("c" + i);
            return names;
        }

        private static String[] filled(int n, String value) {
            String[] cells = new String[n];
            Arrays.fill(cells, value);
            return cells;
        }

        private static String code(Reject reject) {
            return reject.reason().key().substring("collect.".length());
        }

        @Test
        void tenMillionEmptyLinesAreSkipped() throws IOException {
            byte[] lines = new byte[10_000_000];
            Arrays.fill(lines, (byte) '\n');
            byte[] head = "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8);
            byte[] all = Arrays.copyOf(head, head.length + lines.length);
            System.arraycopy(lines, 0, all, head.length, lines.length);
            assertEquals(1, read(all, "empty-lines.csv").rows());
        }
    }

    @Nested
    class Encodings {
        @ParameterizedTest
        @CsvSource({"UTF-16LE", "UTF-16BE", "GB18030", "Big5", "UTF-8"})
        void chineseIsReadInItsEncoding(String charset) throws IOException {
            String text =
                    "\u5BA2\u6237\u7F16\u53F7,\u57CE\u5E02,\u8BC4\u4EF7\n".repeat(1)
                            + "1,\u81FA\u5317,\u6211\u5F88\u559C\u6B61\u9019\u4EF6\u8863\u670D\n"
                            + "2,\u9AD8\u96C4,\u54C1\u8CEA\u4E0D\u932F\u4E0B\u6B21\u518D\u4F86\n";
            if (charset.equals("GB18030")) {
                text =
                        "\u5BA2\u6237\u7F16\u53F7,\u57CE\u5E02\n1,\u4E0A\u6D77\n2,\u5317\u4EAC\n3,\u6210\u90FD\n";
            } else {
                text =
                        text.replace(
                                "\u5BA2\u6237\u7F16\u53F7,\u57CE\u5E02,\u8BC4\u4EF7",
                                "id,city,text");
            }
            RawTable table = read(text.getBytes(Charset.forName(charset)), "t.csv");
            assertEquals(charset, table.format().encoding());
            String expected = charset.equals("GB18030") ? "\u4E0A\u6D77" : "\u81FA\u5317";
            assertEquals(expected, table.columns().get(1).cell(0));
            assertEquals(!charset.equals("UTF-8"), !table.notices().isEmpty());
        }

        @Test
        void accentsWithoutUtf8AreWindows1252() throws IOException {
            byte[] bytes =
                    "id,city\n1,Z\u00FCrich\n2,M\u00E1laga\n"
                            .getBytes(Charset.forName("windows-1252"));
            RawTable table = read(bytes, "t.csv");
            assertEquals("windows-1252", table.format().encoding());
            assertEquals("Z\u00FCrich", table.columns().get(1).cell(0));
            assertEquals("collect.encoding_guessed", table.notices().get(0).message().key());
        }

        @Test
        void oneBrokenRowInAUtf8FileIsRefused() throws IOException {
            var out = new ByteArrayOutputStream();
            out.write("id,city\n".getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < 5; i++) {
                out.write((i + ",K\u00F6ln\n").getBytes(StandardCharsets.UTF_8));
            }
            out.write(new byte[] {'9', ',', 'K', (byte) 0xF6, 'l', 'n', '\n'});
            RawTable table = read(out.toByteArray(), "t.csv");
            assertEquals(5, table.rows());
            Reject reject = table.rejects().get(0);
            assertEquals(7, reject.line());
            assertEquals("city", reject.column().orElseThrow());
            assertEquals("collect.undecodable", reject.reason().key());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "%PDF-1.7\n1 0 obj",
                    "PK\u0003\u0004rest",
                    "\u0000\u0001\u0002\u0003\u0004a,b"
                })
        void binaryContentIsRefusedWhateverItsName(String content) {
            var refused =
                    assertThrows(
                            InvalidInputException.class,
                            () -> read(content.getBytes(StandardCharsets.ISO_8859_1), "data.csv"));
            assertTrue(refused.code().endsWith("binary_file"));
        }

        @Test
        void gzipIsRecognisedByContent() throws IOException {
            RawTable table = read(gzip("a,b\n1,2\n".getBytes(StandardCharsets.UTF_8)), "plain.csv");
            assertTrue(table.format().gzip());
            assertEquals(1, table.rows());
        }

        @Test
        void aGzipBombIsRefused() throws IOException {
            byte[] bomb = gzip(new byte[50 << 20]);
            var refused = assertThrows(LimitException.class, () -> read(bomb, "bomb.csv.gz"));
            assertTrue(refused.getMessage().contains("100"));
        }

        @Test
        void aCutGzipFileIsRefused() throws IOException {
            byte[] whole = gzip("a,b\n1,2\n".repeat(2000).getBytes(StandardCharsets.UTF_8));
            byte[] cut = Arrays.copyOf(whole, whole.length / 2);
            var refused = assertThrows(InvalidInputException.class, () -> read(cut, "cut.csv.gz"));
            assertEquals("gzip_damaged", refused.code());
        }
    }

    @Nested
    class Header {
        @Test
        void aFirstRowOfNumbersIsData() throws IOException {
            RawTable table = read("1,34,Leeds\n2,51,York\n3,28,Bath\n");
            assertFalse(table.format().header());
            assertEquals(List.of("column_1", "column_2", "column_3"), names(table));
            assertArrayEquals(new int[] {1, 2, 3}, table.recordNumbers());
        }

        @Test
        void yearsAsColumnNamesAreAHeader() throws IOException {
            assertTrue(read("region,2020,2021\n1,5,6\n2,7,8\n").format().header());
        }

        @Test
        void aColumnOfTextWithCommasNeedsNoQuotes() throws IOException {
            RawTable table = read("review\nsoft, warm and light\ntoo small\nfine, but late\n");
            assertEquals(3, table.rows());
            assertEquals("soft, warm and light", table.columns().get(0).cell(0));
        }

        @Test
        void dangerousAndDoubleNamesAreChanged() throws IOException {
            RawTable table = read("__proto__,a,a,a_2,\nx,y,z,u,v\n");
            assertEquals(List.of("column_1", "a", "a_3", "a_2", "column_5"), names(table));
            assertEquals(3, table.notices().size());
        }

        @Test
        void aDeclaredDelimiterIsTaken() throws IOException {
            RawTable table = read("sep=;\r\na;b\r\n1;2,5\r\n");
            assertEquals(List.of("a", "b"), names(table));
            assertArrayEquals(new int[] {1}, table.recordNumbers());
            assertArrayEquals(new int[] {3}, table.lines());
        }

        @Test
        void aNameIsNeverAPath() throws IOException {
            Path file = Files.writeString(folder.resolve("f"), "a,b\n1,2\n");
            RawTable table =
                    new TableReader(TestLimits.DEFAULT)
                            .read(file, "../../etc/x\u202E.csv", Progress.NONE);
            assertEquals("x.csv", table.name());
        }
    }
}
