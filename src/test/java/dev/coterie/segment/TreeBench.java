package dev.coterie.segment;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the tree adds to a run, and what a cut costs once it is there. */
@Tag("bench")
class TreeBench {
    @Test
    void aTreeOverAHundredThousandCustomersTakesSecondsAndACutLess() {
        var features = SegmenterTest.blobs(12, 100_000, 64, 1.5, 5);
        var found = SegmenterTest.fit(features, OptionalInt.of(12));
        long start = System.nanoTime();
        var hierarchy =
                Hierarchy.fit(features, found.labels(), found.centroids(), found.stability(), 42);
        double grown = (System.nanoTime() - start) / 1e9;
        start = System.nanoTime();
        var cut = found.recut(features, hierarchy.tree().cut(20), Map.of(), 42, found.reason());
        double recut = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                "100,000 x 64: %d leaves, tree %.2f s, cut at %d %.2f s%n",
                hierarchy.tree().leaves(), grown, cut.k(), recut);
        assertTrue(grown < 10 && recut < 10, grown + " s, " + recut + " s");
    }
}
