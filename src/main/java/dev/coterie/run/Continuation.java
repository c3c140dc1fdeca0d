package dev.coterie.run;

import dev.coterie.collect.Collected;
import dev.coterie.describe.EarlierWording;
import dev.coterie.features.FeatureMatrix;
import dev.coterie.language.Message;
import dev.coterie.language.Notice;
import dev.coterie.prepare.CustomerTable;
import dev.coterie.segment.Membership;
import dev.coterie.segment.Segmentation;
import dev.coterie.segment.Succession;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A run's segments with what they take on from an earlier run: numbers and placed customers.
 *
 * @param found the segments under their numbers, as the run found them
 * @param standing the same with the placed customers in theirs
 * @param placed row of each customer that is placed, with its segment 0..k-1
 * @param succession empty if there is no predecessor
 */
record Continuation(
        Segmentation found,
        Segmentation standing,
        Map<Integer, Integer> placed,
        Optional<Succession> succession) {
    Continuation {
        placed = Map.copyOf(placed);
    }

    /**
     * @param fitted the segments as fitted, numbered by their size
     * @param features what they were fitted on
     */
    static Continuation of(
            Optional<Predecessor> predecessor,
            Collected collected,
            CustomerTable customers,
            FeatureMatrix features,
            Segmentation fitted,
            RunSettings settings,
            RunListener listener) {
        if (predecessor.isEmpty()) {
            return new Continuation(fitted, fitted, Map.of(), Optional.empty());
        }
        Predecessor before = predecessor.get();
        List<String> keys = keys(before, collected, customers, listener);
        var taken =
                Succession.between(
                        before.members(), new Membership(keys, fitted.labels(), fitted.k()));
        int[] places = taken.places();
        Segmentation found = fitted.renumbered(places);
        Succession succession = taken.replaced(places);
        Map<Integer, Integer> placed = placed(before, keys, succession);
        Segmentation standing = standing(found, placed, features, settings.seed());
        boolean whole = IntStream.range(0, found.k()).allMatch(s -> standing.size(s) > 0);
        // Nobody placed these customers so as to leave a segment of this run without any.
        return whole
                ? new Continuation(found, standing, placed, Optional.of(succession))
                : new Continuation(found, found, Map.of(), Optional.of(succession));
    }

    private static List<String> keys(
            Predecessor before,
            Collected collected,
            CustomerTable customers,
            RunListener listener) {
        if (!before.byFileId()) return CustomerKeys.of(collected, customers);
        if (CustomerKeys.idsAreRowNumbers(collected)) {
            listener.notice(
                    Notice.warning(Message.of("run.matched_by_row_number"), customers.customers()));
        }
        return customers.ids();
    }

    /** The placed customers who are still here and whose segment lives on. */
    private static Map<Integer, Integer> placed(
            Predecessor before, List<String> keys, Succession succession) {
        if (before.placed().isEmpty()) return Map.of();
        Map<String, Integer> rows = new HashMap<>(keys.size() * 2);
        for (int row = 0; row < keys.size(); row++) rows.put(keys.get(row), row);
        var placed = new HashMap<Integer, Integer>();
        before.placed()
                .forEach(
                        (index, segment) -> {
                            Integer row = rows.get(before.members().customers().get(index));
                            int next = succession.successor()[segment];
                            if (row != null && next >= 0) placed.put(row, next);
                        });
        return placed;
    }

    private static Segmentation standing(
            Segmentation found, Map<Integer, Integer> placed, FeatureMatrix features, long seed) {
        return placed.isEmpty()
                ? found
                : found.recut(features, found.hierarchy().cut(), placed, seed, found.reason());
    }

    /** For each segment that lives on what it was called. */
    Map<Integer, EarlierWording.Kept> wordings(Optional<Predecessor> predecessor) {
        var kept = new HashMap<Integer, EarlierWording.Kept>();
        if (succession.isEmpty()) return kept;
        Succession s = succession.get();
        for (int i = 0; i < s.earlier(); i++) {
            int now = s.successor()[i];
            if (now < 0) continue;
            EarlierWording earlier = predecessor.orElseThrow().wordings().get(i);
            kept.put(now, new EarlierWording.Kept(earlier, s.similarity(i, now)));
        }
        return kept;
    }
}
