package dev.coterie.segment;

/**
 * Sums of weighted products of columns, Σ w x xᵀ, over rows that are added one by one. They are
 * collected and multiplied some at a time, four products side by side, since a sum waits for itself
 * at every step. Not thread-safe.
 */
final class Scatter {
    private static final int ROWS = 64;

    private final int d;
    private final double[] sum;
    private final double[][] rows;
    private final double[][] weighted;
    private int count;

    /**
     * @param d columns
     * @param sum d × d; its lower triangle is added to
     */
    Scatter(int d, double[] sum) {
        this.d = d;
        this.sum = sum;
        int even = d + (d & 1);
        this.rows = new double[even][ROWS];
        this.weighted = new double[even][ROWS];
    }

    void add(double[] values, int at, double weight) {
        for (int j = 0; j < d; j++) {
            rows[j][count] = values[at + j];
            weighted[j][count] = values[at + j] * weight;
        }
        if (++count == ROWS) flush();
    }

    /** Adds what was collected; to be called at the end. */
    void flush() {
        for (int a = 0; a < d; a += 2) {
            for (int b = 0; b <= a; b += 2) addFour(a, b);
        }
        count = 0;
    }

    private void addFour(int a, int b) {
        double[] x0 = weighted[a];
        double[] x1 = weighted[a + 1];
        double[] y0 = rows[b];
        double[] y1 = rows[b + 1];
        double s00 = 0;
        double s01 = 0;
        double s10 = 0;
        double s11 = 0;
        for (int i = 0; i < count; i++) {
            s00 += x0[i] * y0[i];
            s01 += x0[i] * y1[i];
            s10 += x1[i] * y0[i];
            s11 += x1[i] * y1[i];
        }
        sum[a * d + b] += s00;
        if (b + 1 <= a) sum[a * d + b + 1] += s01;
        if (a + 1 < d) {
            sum[(a + 1) * d + b] += s10;
            sum[(a + 1) * d + b + 1] += s11;
        }
    }
}
