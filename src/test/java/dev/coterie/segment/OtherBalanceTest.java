package dev.coterie.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.features.Block;
import dev.coterie.features.Feature;
import dev.coterie.features.FeatureMatrix;
import dev.coterie.progress.Progress;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What another weight of a block would change. */
class OtherBalanceTest {
    private static final int N = 400;

    /** Two groups by text and, independent of them, two by behaviour. */
    private static FeatureMatrix crossed(Block second) {
        var random = new Random(3);
        double[] values = new double[N * 8];
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < 8; j++) {
                int side = j < 4 ? i % 2 : i / 2 % 2;
                values[i * 8 + j] = (side == 0 ? 2 : -2) + random.nextGaussian();
            }
        }
        var features =
                IntStream.range(0, 8)
                        .mapToObj(j -> new Feature("f" + j, j < 4 ? Block.TEXT : second, "f" + j))
                        .toList();
        return new FeatureMatrix(features, N, values);
    }

    @Test
    void theSameWeightChangesNothingAndAnotherOneDoes() {
        var features = crossed(Block.BEHAVIOUR);
        var now = new Segmenter(OptionalInt.of(2), 5).fit(features, Progress.NONE);
        assertEquals(Set.of(Block.TEXT, Block.BEHAVIOUR), OtherBalance.blocks(now));
        var same = OtherBalance.of(features, now, Block.TEXT, 1, 5);
        assertEquals(same.asItIs(), same.asAsked());
        assertTrue(same.asItIs() > 0.9, "as it is " + same.asItIs());
        var text = OtherBalance.of(features, now, Block.TEXT, 8, 5);
        var behaviour = OtherBalance.of(features, now, Block.BEHAVIOUR, 8, 5);
        // two groups can follow one of the blocks only
        assertTrue(Math.min(text.asAsked(), behaviour.asAsked()) < 0.1);
        assertTrue(Math.max(text.asAsked(), behaviour.asAsked()) > 0.9);
        assertEquals(N, text.groups().length);
    }

    @Test
    void aSingleBlockHasNoBalance() {
        var features = crossed(Block.TEXT);
        var now = new Segmenter(OptionalInt.of(2), 5).fit(features, Progress.NONE);
        assertEquals(Set.of(), OtherBalance.blocks(now));
    }
}
