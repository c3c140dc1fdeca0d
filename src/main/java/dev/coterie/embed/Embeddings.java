package dev.coterie.embed;

/**
 * Unit vectors of texts, in the texts' order.
 *
 * <p>Shape: rows × dimensions, row-major float32, each row of length 1 (or all zeros for a text
 * without a token). The array is shared, never copied: treat it as read-only.
 */
public record Embeddings(EncoderCard encoder, int rows, float[] values) {
    public Embeddings {
        if (values.length != rows * encoder.dimensions()) {
            throw new IllegalArgumentException("values do not fit rows × dimensions");
        }
    }

    public int dimensions() {
        return encoder.dimensions();
    }

    public float get(int row, int dimension) {
        return values[row * dimensions() + dimension];
    }

    /** A copy of one row. */
    public float[] row(int row) {
        return java.util.Arrays.copyOfRange(values, row * dimensions(), (row + 1) * dimensions());
    }

    /** Adds a row to as many values from a place on. */
    public void addTo(double[] sums, int at, int row) {
        int offset = row * dimensions();
        int n = dimensions();
        for (int d = 0; d < n; d++) sums[at + d] += values[offset + d];
    }

    /** The cosine of two rows of unit vectors. */
    public double cosine(int row, float[] unit) {
        int offset = row * dimensions();
        // four sums side by side, since one would wait for itself at every step
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int d = 0;
        for (; d + 3 < unit.length; d += 4) {
            s0 += values[offset + d] * unit[d];
            s1 += values[offset + d + 1] * unit[d + 1];
            s2 += values[offset + d + 2] * unit[d + 2];
            s3 += values[offset + d + 3] * unit[d + 3];
        }
        for (; d < unit.length; d++) s0 += values[offset + d] * unit[d];
        return (s0 + s1) + (s2 + s3);
    }
}
