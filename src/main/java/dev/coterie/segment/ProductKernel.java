package dev.coterie.segment;

/** The innermost loop of everything that compares rows with centroids. */
final class ProductKernel {
    private ProductKernel() {}

    /**
     * Adds the products of three dimensions of 512 rows with two targets to the scores.
     *
     * <p>The compiler gives this loop vector instructions only where it is compiled as a method of
     * its own; inlined between its callers' loops it takes three times as long (JDK 17). Methods of
     * more than 325 bytes of bytecode are not inlined, and with its checks this one has more: keep
     * it so.
     *
     * @param tile 3·512
     * @param first target whose scores are the first 512
     * @param second target whose scores are the other 512
     * @param j the first of the three dimensions, in both targets
     * @param scores 2·512
     */
    static void add(float[] tile, float[] first, float[] second, int j, float[] scores) {
        if (tile.length != Tiles.DEPTH * Tiles.ROWS) {
            throw new IllegalArgumentException(
                    "a tile has " + Tiles.DEPTH * Tiles.ROWS + " values, not " + tile.length);
        }
        if (scores.length != 2 * Tiles.ROWS) {
            throw new IllegalArgumentException(
                    "two targets have " + 2 * Tiles.ROWS + " scores, not " + scores.length);
        }
        if (first.length != second.length) {
            throw new IllegalArgumentException(
                    "targets of " + first.length + " and " + second.length + " dimensions");
        }
        if (scores == tile || scores == first || scores == second) {
            throw new IllegalArgumentException("scores are written while the others are read");
        }
        if (j < 0 || j % Tiles.DEPTH != 0) {
            throw new IllegalArgumentException(
                    "dimensions are taken in threes from 0 on, not from " + j);
        }
        if (j + Tiles.DEPTH > first.length) {
            throw new IllegalArgumentException(
                    "no dimensions " + j + " to " + (j + 2) + " in " + first.length);
        }
        float a0 = first[j];
        float a1 = first[j + 1];
        float a2 = first[j + 2];
        float b0 = second[j];
        float b1 = second[j + 1];
        float b2 = second[j + 2];
        for (int i = 0; i < Tiles.ROWS; i++) {
            float x0 = tile[i];
            float x1 = tile[i + Tiles.ROWS];
            float x2 = tile[i + 2 * Tiles.ROWS];
            float a = scores[i];
            a = Math.fma(x0, a0, a);
            a = Math.fma(x1, a1, a);
            a = Math.fma(x2, a2, a);
            scores[i] = a;
            float b = scores[i + Tiles.ROWS];
            b = Math.fma(x0, b0, b);
            b = Math.fma(x1, b1, b);
            b = Math.fma(x2, b2, b);
            scores[i + Tiles.ROWS] = b;
        }
    }
}
