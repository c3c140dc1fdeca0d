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

    /** The cosine of two rows of unit vectors. */
    public double cosine(int row, float[] unit) {
        double sum = 0;
        int offset = row * dimensions();
        for (int d = 0; d < unit.length; d++) sum += values[offset + d] * unit[d];
        return sum;
    }
}
