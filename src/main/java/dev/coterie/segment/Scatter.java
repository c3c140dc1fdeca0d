package dev.coterie.segment;

/**
 * Sums of weighted products of columns, Σ w x xᵀ, over rows that are added one by one. They are
 * collected and multiplied some at a time, eight products side by side, since a sum waits for
 * itself at every step. Not thread-safe.
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
     * @param sum d × d; its lower triangle is added to, and something of the upper one
     */
    Scatter(int d, double[] sum) {
        this.d = d;
        this.sum = sum;
        int padded = (d + 3) / 4 * 4;
        this.rows = new double[padded][ROWS];
        this.weighted = new double[padded][ROWS];
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
            for (int b = 0; b <= a + 1; b += 4) addEight(a, b);
        }
        count = 0;
    }

    private void addEight(int a, int b) {
        double[] x0 = weighted[a];
        double[] x1 = weighted[a + 1];
        double[] y0 = rows[b];
        double[] y1 = rows[b + 1];
        double[] y2 = rows[b + 2];
        double[] y3 = rows[b + 3];
        double s00 = 0;
        double s01 = 0;
        double s02 = 0;
        double s03 = 0;
        double s10 = 0;
        double s11 = 0;
        double s12 = 0;
        double s13 = 0;
        for (int i = 0; i < count; i++) {
            double x = x0[i];
            double z = x1[i];
            s00 = Math.fma(x, y0[i], s00);
            s01 = Math.fma(x, y1[i], s01);
            s02 = Math.fma(x, y2[i], s02);
            s03 = Math.fma(x, y3[i], s03);
            s10 = Math.fma(z, y0[i], s10);
            s11 = Math.fma(z, y1[i], s11);
            s12 = Math.fma(z, y2[i], s12);
            s13 = Math.fma(z, y3[i], s13);
        }
        addTo(a, b, s00, s01, s02, s03);
        addTo(a + 1, b, s10, s11, s12, s13);
    }

    private void addTo(int a, int b, double s0, double s1, double s2, double s3) {
        if (a >= d) return;
        sum[a * d + b] += s0;
        if (b + 1 < d) sum[a * d + b + 1] += s1;
        if (b + 2 < d) sum[a * d + b + 2] += s2;
        if (b + 3 < d) sum[a * d + b + 3] += s3;
    }
}
