package dev.coterie.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.features.Block;
import dev.coterie.features.Feature;
import dev.coterie.features.FeatureMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MixtureDensityTest {
    private static final int N = 300;
    private static final int LEVELS = 4;
    private static final int WIDTH = 1 + 2 * LEVELS;

    /** A number and two categories, of which some rows have no level. */
    private static FeatureMatrix features() {
        var random = new Random(5);
        var features = new ArrayList<Feature>();
        features.add(new Feature("age", Block.PROFILE, "age"));
        for (String column : List.of("city", "plan")) {
            for (int l = 0; l < LEVELS; l++) {
                features.add(new Feature(column + "=" + l, Block.PROFILE, column));
            }
        }
        double[] values = new double[N * WIDTH];
        for (int i = 0; i < N; i++) {
            int group = i % 3;
            values[i * WIDTH] = group + random.nextGaussian();
            for (int category = 0; category < 2; category++) {
                int level = random.nextInt(3) == 0 ? random.nextInt(LEVELS) : group;
                for (int l = 0; l < LEVELS; l++) {
                    boolean on = l == level && i % 17 > 0;
                    values[i * WIDTH + 1 + category * LEVELS + l] = on ? 1 : -0.2;
                }
            }
        }
        return new FeatureMatrix(features, N, values);
    }

    @Test
    void levelsThatComeTogetherAreComputedOnceAndComeToTheSame() {
        var features = features();
        int[] rows = IntStream.range(0, N).toArray();
        var search = MixtureSearch.of(features, rows, Map.of(), 1);
        var model = search.best(3, MixtureSearch.Effort.QUICK).model();
        var read = search.readRows().read();
        assertTrue(read.patterns().containsKey(Block.PROFILE));
        var plain = new MixtureData.Read(N, read.numbers(), read.present(), read.codes(), Map.of());
        var one = new MixtureDensity(model, true);
        var other = new MixtureDensity(model, true);
        for (int from = 0; from < N; from += MixtureDensity.ROWS) {
            int count = Math.min(MixtureDensity.ROWS, N - from);
            one.evaluate(read, from, count);
            other.evaluate(plain, from, count);
            for (int c = 0; c < 3; c++) assertArrayEquals(other.joint[c], one.joint[c]);
            assertArrayEquals(other.outlier, one.outlier);
        }
    }

    @Test
    void rowsOfOnePatternHaveTheSameLevels() {
        int[][] codes = {{0, 1, 0, -1, 0, 1}, {2, 2, 2, 0, 2, 2}};
        var patterns = MixtureData.Patterns.of(codes).orElseThrow();
        assertEquals(3, patterns.rows().length);
        for (int i = 0; i < 6; i++) {
            int example = patterns.rows()[patterns.of()[i]];
            for (int[] category : codes) assertEquals(category[i], category[example]);
        }
        int[][] allDifferent = {{0, 1, 2, 3}, {0, 0, 0, 0}};
        assertFalse(MixtureData.Patterns.of(allDifferent).isPresent());
    }
}
