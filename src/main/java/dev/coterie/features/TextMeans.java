package dev.coterie.features;

import dev.coterie.embed.Embeddings;
import dev.coterie.prepare.CustomerTable;

/**
 * The mean vector of each customer's texts.
 *
 * <p>Shapes: values customers × dimensions, row-major, zeros where a customer has no text;
 * counts[customers].
 */
record TextMeans(double[] values, int dimensions, int[] counts) {
    static TextMeans of(CustomerTable customers, Embeddings embeddings) {
        int d = embeddings.dimensions();
        double[] values = new double[customers.customers() * d];
        int[] counts = new int[customers.customers()];
        for (int t = 0; t < customers.texts().size(); t++) {
            int customer = customers.texts().get(t).customer();
            counts[customer]++;
            for (int j = 0; j < d; j++) values[customer * d + j] += embeddings.get(t, j);
        }
        for (int c = 0; c < counts.length; c++) {
            if (counts[c] < 2) continue;
            for (int j = 0; j < d; j++) values[c * d + j] /= counts[c];
        }
        return new TextMeans(values, d, counts);
    }

    double[] row(int customer) {
        return java.util.Arrays.copyOfRange(
                values, customer * dimensions, (customer + 1) * dimensions);
    }

    /** The rows of the customers who wrote, one after another. */
    double[] ofWriters() {
        int writers = 0;
        for (int count : counts) if (count > 0) writers++;
        double[] rows = new double[writers * dimensions];
        int next = 0;
        for (int c = 0; c < counts.length; c++) {
            if (counts[c] == 0) continue;
            System.arraycopy(values, c * dimensions, rows, next, dimensions);
            next += dimensions;
        }
        return rows;
    }
}
