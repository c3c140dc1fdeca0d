package dev.coterie.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.embed.Embeddings;
import dev.coterie.embed.EncoderCard;
import dev.coterie.prepare.CategoryColumn;
import dev.coterie.prepare.CustomerTable;
import dev.coterie.prepare.CustomerText;
import dev.coterie.prepare.Events;
import dev.coterie.prepare.NumberColumn;
import dev.coterie.prepare.Recipe;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FeatureBuilderTest {
    static final int DIMENSIONS = 8;
    static final EncoderCard CARD =
            new EncoderCard(
                    "tiny", List.of(), DIMENSIONS, 16, "cls", "", "en", "Apache-2.0", "00", "00");
    static final long DAY = 86_400;
    static final long LATEST = 20_000 * DAY;

    /**
     * Customers with an age, a country, up to two texts and up to nine orders; every fifth has no
     * text.
     */
    static final class Shop {
        final CustomerTable customers;
        final Embeddings embeddings;

        Shop(int n, long seed) {
            var random = new Random(seed);
            double[] ages = random.doubles(n).map(v -> 20 + 50 * v).toArray();
            ages[0] = Double.NaN;
            int[] countries =
                    IntStream.range(0, n).map(i -> i == 1 ? -1 : random.nextInt(3)).toArray();
            var texts = new ArrayList<CustomerText>();
            var customer = new ArrayList<Integer>();
            var times = new ArrayList<Long>();
            var values = new ArrayList<Double>();
            for (int i = 0; i < n; i++) {
                for (int t = 0; t < (i % 5 == 0 ? 0 : 1 + i % 2); t++) {
                    texts.add(text(i, "text " + i + "." + t));
                }
                for (int e = 0; e < i % 10; e++) {
                    customer.add(i);
                    times.add(LATEST - (long) (random.nextDouble() * 300) * DAY);
                    values.add(10 + 90 * random.nextDouble());
                }
            }
            int events = customer.size();
            var none = new int[events];
            Arrays.fill(none, -1);
            customers =
                    new CustomerTable(
                            IntStream.range(0, n).mapToObj(i -> "c" + i).toList(),
                            IntStream.range(2, n + 2).toArray(),
                            List.of(new NumberColumn("age", NumberColumn.Kind.NUMBER, ages)),
                            List.of(
                                    new CategoryColumn(
                                            "country", List.of("DE", "FR", "IT"), countries)),
                            texts,
                            new Events(
                                    customer.stream().mapToInt(v -> v).toArray(),
                                    times.stream().mapToLong(v -> v).toArray(),
                                    values.stream().mapToDouble(v -> v).toArray(),
                                    none,
                                    List.of(),
                                    none,
                                    List.of(),
                                    LATEST),
                            List.of());
            embeddings = unitVectors(texts.size(), random);
        }
    }

    static CustomerText text(int customer, String text) {
        return new CustomerText(customer, text, "t.csv", "text", 2, Long.MIN_VALUE, Double.NaN);
    }

    static Embeddings unitVectors(int rows, Random random) {
        float[] values = new float[rows * DIMENSIONS];
        for (int i = 0; i < rows; i++) {
            double squares = 0;
            for (int j = 0; j < DIMENSIONS; j++) {
                values[i * DIMENSIONS + j] = (float) random.nextGaussian();
                squares += values[i * DIMENSIONS + j] * values[i * DIMENSIONS + j];
            }
            for (int j = 0; j < DIMENSIONS; j++)
                values[i * DIMENSIONS + j] /= (float) Math.sqrt(squares);
        }
        return new Embeddings(CARD, rows, values);
    }

    static final Recipe RECIPE =
            new Recipe(
                    List.of(
                            new Recipe.NumberStep(
                                    "age", NumberColumn.Kind.NUMBER, 45, 20, 70, 45, 14)),
                    List.of(new Recipe.CategoryStep("country", List.of("DE", "FR"), true, true)),
                    LATEST,
                    List.of());

    static FeatureModel fit(Shop shop, Map<Block, Double> balance) {
        return new FeatureBuilder(5, balance)
                .fit(shop.customers, Optional.of(shop.embeddings), RECIPE)
                .model();
    }

    @Test
    void everyValueIsFiniteAndEveryFeatureNamed() {
        var shop = new Shop(200, 1);
        var model = fit(shop, Map.of());
        var matrix = model.transform(shop.customers, Optional.of(shop.embeddings));
        for (double v : matrix.values()) assertTrue(Double.isFinite(v));
        var names = matrix.features().stream().map(Feature::name).toList();
        assertTrue(
                names.containsAll(
                        List.of("text_pc_1", "recency_days", "monetary", "age", "country=DE")));
        assertEquals(names.size(), names.stream().distinct().count());
    }

    /** Who has no value stands in the middle of the number and apart in the indicators. */
    @Test
    void aCodeForNoValueIsNoNumber() {
        var shop = new Shop(200, 1);
        double[] days = new double[200];
        Arrays.setAll(days, i -> i % 4 > 0 ? i : -1);
        var none = OptionalDouble.of(-1);
        var table = shop.customers;
        var coded =
                new CustomerTable(
                        table.ids(),
                        table.lines(),
                        List.of(new NumberColumn("pdays", NumberColumn.Kind.NUMBER, days, none)),
                        List.of(),
                        List.of(),
                        table.events(),
                        List.of());
        var step =
                new Recipe.NumberStep(
                        "pdays", NumberColumn.Kind.NUMBER, 101, 0, 200, 101, 40, none);
        var recipe = new Recipe(List.of(step), List.of(), LATEST, List.of());
        var model =
                new FeatureBuilder(5, Map.of(Block.BEHAVIOUR, 0.0))
                        .fit(coded, Optional.empty(), recipe)
                        .model();
        var matrix = model.transform(coded, Optional.empty());
        assertEquals(
                List.of("pdays", "pdays=(missing)", "pdays=(given)"),
                matrix.features().stream().map(Feature::name).toList());
        for (int i = 0; i < 200; i++) {
            boolean given = i % 4 > 0;
            assertEquals(given && i != 101, matrix.get(i, 0) != 0, "customer " + i);
            assertEquals(given, matrix.get(i, 1) < 0);
            assertEquals(given, matrix.get(i, 2) > 0);
        }
    }

    /** No outcome of the last contact where there was none: the gap is the same and counts once. */
    @Test
    void aGapThatAnotherColumnTellsOfCountsOnce() {
        var shop = new Shop(200, 1);
        double[] days = new double[200];
        int[] outcome = new int[200];
        for (int i = 0; i < 200; i++) {
            days[i] = i % 4 == 0 ? i : -1;
            outcome[i] = i % 4 == 0 ? i % 3 : -1;
        }
        var none = OptionalDouble.of(-1);
        var table = shop.customers;
        var levels = List.of("won", "lost", "open");
        var coded =
                new CustomerTable(
                        table.ids(),
                        table.lines(),
                        List.of(new NumberColumn("pdays", NumberColumn.Kind.NUMBER, days, none)),
                        List.of(new CategoryColumn("outcome", levels, outcome)),
                        List.of(),
                        table.events(),
                        List.of());
        var step =
                new Recipe.NumberStep(
                        "pdays", NumberColumn.Kind.NUMBER, 100, 0, 200, 100, 40, none);
        var recipe =
                new Recipe(
                        List.of(step),
                        List.of(new Recipe.CategoryStep("outcome", levels, true, false)),
                        LATEST,
                        List.of());
        var names =
                new FeatureBuilder(5, Map.of(Block.BEHAVIOUR, 0.0))
                        .fit(coded, Optional.empty(), recipe).model().features().stream()
                                .map(Feature::name)
                                .toList();
        assertTrue(names.contains("outcome=(missing)"));
        assertFalse(names.contains("pdays=(missing)"), names.toString());
    }

    @Test
    void textsGetTwiceAsManyComponentsWhereTheyAreAllThereIs() {
        var shop = new Shop(200, 1);
        var both = fit(shop, Map.of()).features();
        var alone = fit(shop, Map.of(Block.BEHAVIOUR, 0.0, Block.PROFILE, 0.0)).features();
        assertEquals(5, both.stream().filter(f -> f.block() == Block.TEXT).count());
        assertTrue(alone.stream().allMatch(f -> f.block() == Block.TEXT));
        assertEquals(Math.min(10, DIMENSIONS), alone.size());
    }

    @Nested
    class TextLikeness {
        private OptionalDouble of(Shop shop, Embeddings embeddings) {
            return new FeatureBuilder(5, Map.of())
                    .fit(shop.customers, Optional.of(embeddings), RECIPE)
                    .textLikeness();
        }

        /** Each customer's own direction, and some of chance in every text. */
        private Embeddings ownVoices(Shop shop) {
            var texts = shop.customers.texts();
            var own = unitVectors(shop.customers.customers(), new Random(5));
            var chance = unitVectors(texts.size(), new Random(6));
            float[] values = new float[texts.size() * DIMENSIONS];
            for (int t = 0; t < texts.size(); t++) {
                for (int j = 0; j < DIMENSIONS; j++) {
                    values[t * DIMENSIONS + j] =
                            own.get(texts.get(t).customer(), j) + chance.get(t, j);
                }
            }
            return new Embeddings(CARD, texts.size(), values);
        }

        @Test
        void isNoneWhereTextsDoNotDependOnTheirWriter() {
            var shop = new Shop(4000, 1);
            assertEquals(0, of(shop, shop.embeddings).orElseThrow(), 0.03);
        }

        /** Two parts of one variance, one of them the writer's. */
        @Test
        void isHalfWhereWriterAndChanceCountAlike() {
            var shop = new Shop(4000, 1);
            assertEquals(0.5, of(shop, ownVoices(shop)).orElseThrow(), 0.03);
        }

        @Test
        void isNotKnownWhereFewWroteTwice() {
            var shop = new Shop(400, 1);
            assertTrue(of(shop, ownVoices(shop)).isEmpty());
        }
    }

    @Nested
    class Balance {
        @Test
        void sharesAddUpAndBlocksWeighAlikeUntilTheirStructureIsKnown() {
            var shares = fit(new Shop(300, 2), Map.of()).shares();
            assertEquals(1, shares.values().stream().mapToDouble(v -> v).sum(), 1e-9);
            assertEquals(shares.get(Block.TEXT), shares.get(Block.BEHAVIOUR), 1e-9);
            assertEquals(shares.get(Block.TEXT), shares.get(Block.PROFILE), 1e-9);
        }

        @Test
        void sharesCanBeSetExceptForChosenFactors() {
            var deserved = Map.of(Block.TEXT, 0.6, Block.BEHAVIOUR, 0.3, Block.PROFILE, 0.1);
            var balanced = fit(new Shop(300, 2), Map.of()).balanced(deserved);
            deserved.forEach(
                    (block, share) -> assertEquals(share, balanced.shares().get(block), 1e-9));
            var chosen = fit(new Shop(300, 2), Map.of(Block.PROFILE, 2.0)).balanced(deserved);
            assertEquals(2, chosen.balance().get(Block.PROFILE), 1e-9);
            assertEquals(
                    2,
                    chosen.shares().get(Block.TEXT) / chosen.shares().get(Block.BEHAVIOUR),
                    1e-9);
        }

        @Test
        void zeroLeavesABlockOut() {
            var shop = new Shop(100, 3);
            var model = fit(shop, Map.of(Block.TEXT, 0.0));
            assertFalse(model.balance().containsKey(Block.TEXT));
            assertTrue(model.features().stream().noneMatch(f -> f.block() == Block.TEXT));
        }

        @Test
        void aChosenFactorMultipliesTheBlockScaledByItsFirstSingularValue() {
            var shop = new Shop(400, 4);
            var model = fit(shop, Map.of(Block.BEHAVIOUR, 2.0));
            var matrix = model.transform(shop.customers, Optional.of(shop.embeddings));
            int[] columns =
                    IntStream.range(0, matrix.columns())
                            .filter(j -> matrix.features().get(j).block() == Block.BEHAVIOUR)
                            .toArray();
            double[] block = new double[400 * columns.length];
            for (int i = 0; i < 400; i++) {
                for (int j = 0; j < columns.length; j++) {
                    block[i * columns.length + j] = matrix.get(i, columns[j]);
                }
            }
            var components = PrincipalComponents.fit(block, 400, columns.length, 1);
            assertEquals(2, Math.sqrt(components.variances()[0]), 1e-6);
        }
    }

    @Nested
    class NewCustomers {
        @Test
        void getTheNumbersThatTheDataSetsOwnHave() {
            var shop = new Shop(60, 5);
            var model = fit(shop, Map.of());
            var all = model.transform(shop.customers, Optional.of(shop.embeddings));
            int row = 37;
            var texts = shop.customers.texts();
            int[] own =
                    IntStream.range(0, texts.size())
                            .filter(t -> texts.get(t).customer() == row)
                            .toArray();
            float[] vectors = new float[own.length * DIMENSIONS];
            for (int t = 0; t < own.length; t++) {
                System.arraycopy(
                        shop.embeddings.row(own[t]), 0, vectors, t * DIMENSIONS, DIMENSIONS);
            }
            var alone =
                    model.transform(
                            only(shop.customers, row, own),
                            Optional.of(new Embeddings(CARD, own.length, vectors)));
            assertArrayEquals(all.row(row), alone.row(0), 1e-12);
        }

        private CustomerTable only(CustomerTable all, int row, int[] texts) {
            var events = all.events();
            int[] own =
                    IntStream.range(0, events.count())
                            .filter(e -> events.customer()[e] == row)
                            .toArray();
            return new CustomerTable(
                    List.of("new"),
                    new int[] {1},
                    List.of(
                            new NumberColumn(
                                    "age",
                                    NumberColumn.Kind.NUMBER,
                                    new double[] {all.numbers().get(0).values()[row]})),
                    List.of(
                            new CategoryColumn(
                                    "country",
                                    all.categories().get(0).levels(),
                                    new int[] {all.categories().get(0).codes()[row]})),
                    Arrays.stream(texts).mapToObj(t -> text(0, all.texts().get(t).text())).toList(),
                    new Events(
                            new int[own.length],
                            Arrays.stream(own).mapToLong(e -> events.epochSecond()[e]).toArray(),
                            Arrays.stream(own).mapToDouble(e -> events.value()[e]).toArray(),
                            Arrays.stream(own).map(e -> -1).toArray(),
                            List.of(),
                            Arrays.stream(own).map(e -> -1).toArray(),
                            List.of(),
                            events.latestEpochSecond()),
                    List.of());
        }

        @Test
        void withoutATextStandInTheMiddleOfTheTextBlock() {
            var shop = new Shop(50, 6);
            var matrix =
                    fit(shop, Map.of()).transform(shop.customers, Optional.of(shop.embeddings));
            for (int j = 0; j < matrix.columns(); j++) {
                if (matrix.features().get(j).block() == Block.TEXT)
                    assertEquals(0, matrix.get(0, j));
            }
        }
    }

    @Nested
    class PrincipalComponentsOfARow {
        @Test
        void keepDistancesWhenNoneIsLeftOut() {
            var random = new Random(9);
            double[] rows = random.doubles(40 * 6).toArray();
            var components = PrincipalComponents.fit(rows, 40, 6, 6);
            double[] a = Arrays.copyOfRange(rows, 0, 6);
            double[] b = Arrays.copyOfRange(rows, 6, 12);
            assertEquals(
                    distance(a, b), distance(components.project(a), components.project(b)), 1e-9);
        }

        @Test
        void comeInOrderOfVariance() {
            var components =
                    PrincipalComponents.fit(new Random(3).doubles(300).toArray(), 60, 5, 5);
            for (int c = 1; c < 5; c++) {
                assertTrue(components.variances()[c - 1] >= components.variances()[c]);
            }
        }

        private double distance(double[] a, double[] b) {
            double sum = 0;
            for (int j = 0; j < a.length; j++) sum += (a[j] - b[j]) * (a[j] - b[j]);
            return Math.sqrt(sum);
        }
    }

    @Test
    void aDataSetWithoutVariationHasNoFeatures() {
        var customers =
                new CustomerTable(
                        List.of("a", "b", "c", "d"),
                        new int[] {2, 3, 4, 5},
                        List.of(),
                        List.of(),
                        List.of(),
                        Events.NONE,
                        List.of());
        var empty = new Recipe(List.of(), List.of(), LATEST, List.of());
        var model = new FeatureBuilder(5, Map.of()).fit(customers, Optional.empty(), empty).model();
        assertEquals(0, model.features().size());
        assertEquals(4, model.transform(customers, Optional.empty()).rows());
    }
}
