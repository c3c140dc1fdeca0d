package dev.coterie.predict;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Rows divided in two, each class in the same proportion.
 *
 * @param training rows to learn from, in order of their hash
 * @param heldOut rows to measure on, in order of their hash
 */
record Split(int[] training, int[] heldOut) {

    /**
     * Rows in the order of a hash of id and seed: the same for the same customers, however the file
     * is sorted.
     */
    static int[] order(List<String> ids, int[] rows, long seed) {
        long[] hashes = new long[ids.size()];
        MessageDigest sha = DigestUtils.getSha256Digest();
        for (int row : rows) {
            sha.update(ByteBuffer.allocate(Long.BYTES).putLong(seed).array());
            sha.update(ids.get(row).getBytes(StandardCharsets.UTF_8));
            hashes[row] = ByteBuffer.wrap(sha.digest()).getLong();
        }
        return Arrays.stream(rows)
                .boxed()
                .sorted(Comparator.<Integer>comparingLong(r -> hashes[r]).thenComparing(ids::get))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /**
     * @param ordered rows in the order of {@link #order}
     * @param strata class of every row of the table; all 0 for a number
     * @param part which part to hold out, 0..parts-1
     * @param parts into how many equal parts each class is cut
     */
    static Split of(int[] ordered, int[] strata, int part, int parts) {
        int classes = Arrays.stream(ordered).map(r -> strata[r]).max().orElse(0) + 1;
        int[] size = new int[classes];
        for (int row : ordered) size[strata[row]]++;
        int[] seen = new int[classes];
        List<Integer> training = new ArrayList<>();
        List<Integer> heldOut = new ArrayList<>();
        for (int row : ordered) {
            int place = seen[strata[row]]++;
            // Cut at rounded multiples, so that the parts of a class differ by one row at most.
            boolean held =
                    place >= cut(size[strata[row]], part, parts)
                            && place < cut(size[strata[row]], part + 1, parts);
            (held ? heldOut : training).add(row);
        }
        return new Split(array(training), array(heldOut));
    }

    private static long cut(int size, int part, int parts) {
        return Math.round((double) size * part / parts);
    }

    private static int[] array(List<Integer> rows) {
        return rows.stream().mapToInt(Integer::intValue).toArray();
    }

    static int[] strata(int[] codes, int rows) {
        return codes.length == 0
                ? new int[rows]
                : IntStream.of(codes).map(c -> Math.max(0, c)).toArray();
    }
}
