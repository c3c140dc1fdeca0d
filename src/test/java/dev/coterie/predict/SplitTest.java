package dev.coterie.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitTest {
    private static final List<String> IDS =
            IntStream.range(0, 500).mapToObj(Integer::toString).toList();
    private static final int[] ROWS = IntStream.range(0, 500).toArray();
    private static final int[] STRATA =
            IntStream.range(0, 500).map(r -> r % 10 == 0 ? 1 : 0).toArray();

    @Test
    void holdsOutAFifthOfEveryClass() {
        Split split = Split.of(Split.order(IDS, ROWS, 42), STRATA, 0, 5);
        assertEquals(100, split.heldOut().length);
        assertEquals(400, split.training().length);
        assertEquals(10, Arrays.stream(split.heldOut()).filter(r -> STRATA[r] == 1).count());
    }

    @Test
    void cutsAllRowsIntoPartsThatDoNotOverlap() {
        int[] order = Split.order(IDS, ROWS, 42);
        Set<Integer> seen = new HashSet<>();
        for (int part = 0; part < 3; part++) {
            for (int row : Split.of(order, STRATA, part, 3).heldOut()) seen.add(row);
        }
        assertEquals(500, seen.size());
    }

    @Test
    void holdsOutTheSameCustomersWhateverTheOrderOfRows() {
        var shuffled = new java.util.ArrayList<>(IDS);
        Collections.shuffle(shuffled, new Random(3));
        int[] strata = shuffled.stream().mapToInt(id -> STRATA[Integer.parseInt(id)]).toArray();
        assertEquals(heldOut(IDS, STRATA, 42), heldOut(shuffled, strata, 42));
        assertNotEquals(heldOut(IDS, STRATA, 42), heldOut(IDS, STRATA, 43));
    }

    private static Set<String> heldOut(List<String> ids, int[] strata, long seed) {
        Split split = Split.of(Split.order(ids, ROWS, seed), strata, 0, 5);
        return Arrays.stream(split.heldOut()).mapToObj(ids::get).collect(Collectors.toSet());
    }
}
