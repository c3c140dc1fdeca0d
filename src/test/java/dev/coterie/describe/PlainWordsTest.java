package dev.coterie.describe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.language.Language;
import dev.coterie.prepare.CategoryColumn;
import dev.coterie.prepare.CustomerTable;
import dev.coterie.prepare.CustomerText;
import dev.coterie.prepare.Events;
import dev.coterie.prepare.NumberColumn;
import dev.coterie.proof.Fact;
import dev.coterie.proof.Figures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns named for machines, and reviews without ratings, still make words for people. */
class PlainWordsTest {
    /** Letters of a file's spelling that no reader of Chinese should meet unquoted. */
    private static final Pattern LATIN_OUTSIDE_QUOTES = Pattern.compile("(?s)[A-Za-z]{2,}");

    private static final Pattern RAW = Pattern.compile("(?i)mnt|teenhome|web visits month|_");

    /** A table of a supermarket, in four groups that differ by what they spend and have. */
    private static CustomerTable supermarket(long seed) {
        var random = new Random(seed);
        int n = 240;
        return new CustomerTable(
                IntStream.range(0, n).mapToObj(i -> "c" + i).toList(),
                new int[n],
                List.of(
                        column("Income", random, n, 34_317.4, 79_925.2, 52_000, 61_000.7),
                        column("MntWines", random, n, 30.71, 80, 950.38, 200),
                        column("MntFishProducts", random, n, 5.61, 158.2, 20, 24),
                        column("MntSweetProducts", random, n, 4.2, 150.1, 90, 24),
                        column("MntFruits", random, n, 3.3, 140.7, 20, 95),
                        column("Teenhome", random, n, 0.02, 0.1, 0.2, 1.2),
                        column("NumWebVisitsMonth", random, n, 7.1, 2.2, 4, 6),
                        column("NumDealsPurchases", random, n, 2, 1, 2, 9.6),
                        column("Year_Birth", random, n, 1985, 1970, 1968, 1951),
                        column("Xqrate", random, n, 1, 2, 30, 4)),
                List.of(
                        new CategoryColumn(
                                "Education",
                                List.of("PhD", "Basic"),
                                IntStream.range(0, n).map(i -> i % 4 == 2 ? 0 : 1).toArray())),
                List.of(),
                Events.NONE,
                List.of());
    }

    private static NumberColumn column(String name, Random random, int n, double... means) {
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            double mean = means[i % 4];
            double spread = name.equals("Year_Birth") ? 4 : mean * 0.15;
            values[i] = Math.max(0, mean + random.nextGaussian() * spread);
        }
        return new NumberColumn(name, NumberColumn.Kind.NUMBER, values);
    }

    private static Stream<String> said(Description d, Language language) {
        return d.segments().stream()
                .map(s -> s.wording(language))
                .flatMap(w -> Stream.concat(Stream.of(w.name(), w.who()), w.sentences().stream()));
    }

    private static List<String> names(Description d, Language language) {
        return d.segments().stream().map(s -> s.wording(language).name()).toList();
    }

    @Nested
    class Columns {
        @ParameterizedTest
        @ValueSource(longs = {1, 2, 3})
        void neverStandAsInTheFile(long seed) {
            Description d = SampleCustomers.describe(supermarket(seed), 4);
            for (Language each : Language.values()) {
                said(d, each).forEach(s -> assertFalse(RAW.matcher(s).find(), s));
            }
        }

        @ParameterizedTest
        @ValueSource(longs = {1, 2, 3})
        void thatNoChineseWordIsKnownForStayOutOfChineseNames(long seed) {
            Description d = SampleCustomers.describe(supermarket(seed), 4);
            names(d, Language.CHINESE)
                    .forEach(n -> assertFalse(LATIN_OUTSIDE_QUOTES.matcher(n).find(), n));
            assertTrue(said(d, Language.CHINESE).anyMatch(s -> s.contains("“xqrate”")));
            said(d, Language.CHINESE)
                    .map(s -> s.replaceAll("“[^”]*”", "").replaceAll("\\{\\{f\\d+}}", ""))
                    .forEach(s -> assertFalse(LATIN_OUTSIDE_QUOTES.matcher(s).find(), s));
        }

        @Test
        void sayWhatPeopleSpendAndHave() {
            Description d = SampleCustomers.describe(supermarket(1), 4);
            String poor = d.segments().get(0).wording(Language.ENGLISH).who();
            String fish = d.segments().get(1).wording(Language.ENGLISH).who();
            assertTrue(poor.contains("have a lower income"), poor);
            assertTrue(fish.matches(".*spend a lot on \\w+(, \\w+)? and \\w+.*"), fish);
            List<String> names = names(d, Language.ENGLISH);
            assertEquals(names.size(), new HashSet<>(names).size());
        }

        @Test
        void listAtMostThreeThings() {
            Description d = SampleCustomers.describe(supermarket(1), 4);
            for (SegmentProfile s : d.segments()) {
                String name = s.wording(Language.ENGLISH).name();
                assertTrue(name.split(",|\\band\\b").length <= 3, name);
                String spent = s.wording(Language.CHINESE).who().replaceAll(".*?在(.*)上花费.*", "$1");
                assertTrue(spent.split("、").length <= 3, spent);
            }
        }

        @Test
        void ofYearsShowNoSeparator() {
            Description d = SampleCustomers.describe(supermarket(1), 4);
            List<String> shown =
                    d.facts().values().stream()
                            .filter(f -> f.unit() == Fact.Unit.YEAR)
                            .map(f -> Figures.show(f, Language.ENGLISH, Figures.SMALL_COUNT))
                            .toList();
            assertFalse(shown.isEmpty());
            shown.forEach(s -> assertTrue(s.matches("19\\d\\d"), s));
        }
    }

    @Nested
    class Limits {
        @ParameterizedTest
        @ValueSource(longs = {1, 2, 3, 4, 5})
        void haveNoFloatingTail(long seed) {
            Description d = SampleCustomers.describe(supermarket(seed), 4);
            Pattern tail = Pattern.compile("\\d\\.\\d{4,}");
            d.segments().stream()
                    .flatMap(s -> s.rule().stream())
                    .flatMap(r -> r.conditions().stream())
                    .map(c -> c.words(Language.ENGLISH).in(Language.ENGLISH))
                    .forEach(w -> assertFalse(tail.matcher(w).find(), w));
        }
    }

    @Nested
    class Unrated {
        private static final List<List<String>> REVIEWS =
                List.of(
                        List.of("物流太慢了，等了五天，水果都烂了，失望。", "快递太慢，苹果坏了好几个，不会再买。", "物流慢，差评，水果不新鲜。"),
                        List.of("水果很新鲜，味道好，下次还来。", "苹果很甜，口感不错，喜欢。", "味道好，新鲜，推荐。"));

        private static CustomerTable reviews() {
            int n = 200;
            var texts = new ArrayList<CustomerText>();
            var random = new Random(4);
            for (int i = 0; i < n; i++) {
                List<String> own = REVIEWS.get(i % 2);
                String text = own.get(random.nextInt(3)) + own.get(random.nextInt(3)) + i;
                texts.add(new CustomerText(i, text, "shop.csv", "review", i + 2, 1, Double.NaN));
            }
            int[] fruit = new int[n];
            return new CustomerTable(
                    IntStream.range(0, n).mapToObj(i -> "r" + i).toList(),
                    new int[n],
                    List.of(),
                    List.of(new CategoryColumn("cat", List.of("水果"), fruit)),
                    texts,
                    Events.NONE,
                    List.of());
        }

        @Test
        void reviewsTellWhoIsContentByTheirWords() {
            Description d = SampleCustomers.describe(reviews(), 2);
            List<String> names = names(d, Language.CHINESE);
            assertTrue(names.get(0).startsWith("不满"), names.toString());
            assertTrue(names.get(1).contains("满意") && !names.get(1).contains("不"), names.get(1));
        }

        @ParameterizedTest
        @CsvSource({
            "物流太慢，坏了, -1",
            "很好吃，喜欢, 1",
            "一点也不好, -1",
            "东西不差, 1",
            "'Not good, it broke and I am disappointed', -1",
            "'Lovely, never bad', 1",
            "今天收到, NaN"
        })
        void aNegationTurnsAWordRound(String text, double score) {
            assertEquals(score, Opinions.score(text));
        }

        @Test
        void ratingsGoBeforeWords() {
            var rated = new CustomerText(0, "太差了", "r.csv", "review", 2, 1, 5);
            assertEquals(5, Opinions.scores(List.of(rated))[0]);
            assertTrue(
                    Arrays.stream(Opinions.scores(List.of(text("message", "太差了"))))
                            .allMatch(Double::isNaN),
                    "messages are not reviews");
        }

        private static CustomerText text(String column, String text) {
            return new CustomerText(0, text, "t.csv", column, 2, 1, Double.NaN);
        }
    }
}
