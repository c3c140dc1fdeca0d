package dev.coterie.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.progress.Progress;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How far segments can be trusted. */
class CertificateTest {
    private static Segmentation fit(double spread, int k) {
        var features = SegmenterTest.blobs(4, 600, 6, spread, 3);
        return new Segmenter(OptionalInt.of(k), 7).fit(features, Progress.NONE);
    }

    @Test
    void farGroupsAreFoundAgainAndRecognised() {
        var found = fit(0.5, 4);
        for (int s = 0; s < 4; s++) {
            assertTrue(found.stability()[s] > 0.95);
            assertTrue(found.certificate().seeds()[s] > 0.95);
            assertTrue(found.certificate().separability()[s] > 0.95);
            assertEquals(Certificate.Level.HIGH, found.level(s));
        }
    }

    @Test
    void partsOfAGroupThatIsOneAreNotTrusted() {
        var found = fit(0.5, 9);
        long low =
                IntStream.range(0, 9).filter(s -> found.level(s) != Certificate.Level.HIGH).count();
        assertTrue(low >= 4, "of nine parts of four groups " + low + " are doubted");
    }

    @Test
    void labelsThatHaveNothingToDoWithTheFeaturesAreNotRecognised() {
        var features = SegmenterTest.blobs(1, 1000, 6, 1, 3);
        int[] labels = new Random(1).ints(1000, 0, 4).toArray();
        double[] shares = Separability.of(features, labels, new boolean[1000], 4, 1);
        assertTrue(Arrays.stream(shares).average().orElse(1) < 0.4, Arrays.toString(shares));
    }

    @Test
    void theLowestFigureDecides() {
        var certificate =
                new Certificate(
                        new double[] {0.9, 0.7}, new double[] {0.5, 0.9}, new double[2], null);
        assertEquals(Certificate.Level.LOW, certificate.level(0, 0.9));
        assertEquals(Certificate.Level.MEDIUM, certificate.level(1, 0.8));
        var unknown = new Certificate(new double[0], new double[] {0.1, 0.9}, new double[0], null);
        assertEquals(Certificate.Level.HIGH, unknown.level(1, 0.9));
    }

    @Test
    void figuresFollowTheirSegments() {
        var moved =
                new Certificate(
                                new double[] {0.1, 0.2, 0.3},
                                new double[] {1, 2, 3},
                                new double[3],
                                null)
                        .renumbered(new int[] {2, 0, 1});
        assertEquals("[0.2, 0.3, 0.1]", Arrays.toString(moved.seeds()));
        assertEquals("[2.0, 3.0, 1.0]", Arrays.toString(moved.separability()));
    }
}
