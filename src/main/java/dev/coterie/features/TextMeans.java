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
            embeddings.addTo(values, customer * d, t);
        }
        for (int c = 0; c < counts.length; c++) {
            if (counts[c] < 2) continue;
            for (int j = 0; j < d; j++) values[c * d + j] /= counts[c];
        }
        return new TextMeans(values, d, counts);
    }

    /**
     * The variance of one customer's texts by the variance between customers, from those with
     * several texts, by the method of moments; between 0.25 and 4, and 1 where nobody wrote twice.
     */
    double noise(Embeddings embeddings, CustomerTable customers) {
        double within = 0;
        int freedom = 0;
        for (int t = 0; t < customers.texts().size(); t++) {
            int customer = customers.texts().get(t).customer();
            if (counts[customer] < 2) continue;
            for (int j = 0; j < dimensions; j++) {
                double difference = embeddings.get(t, j) - values[customer * dimensions + j];
                within += difference * difference;
            }
        }
        double ofMeans = 0;
        double inverse = 0;
        int several = 0;
        double[] middle = new double[dimensions];
        for (int c = 0; c < counts.length; c++) {
            if (counts[c] < 2) continue;
            several++;
            freedom += counts[c] - 1;
            inverse += 1.0 / counts[c];
            for (int j = 0; j < dimensions; j++) middle[j] += values[c * dimensions + j];
        }
        if (several < 2) return 1;
        for (int j = 0; j < dimensions; j++) middle[j] /= several;
        for (int c = 0; c < counts.length; c++) {
            if (counts[c] < 2) continue;
            for (int j = 0; j < dimensions; j++) {
                double difference = values[c * dimensions + j] - middle[j];
                ofMeans += difference * difference;
            }
        }
        double variance = within / freedom;
        double between = ofMeans / (several - 1) - variance * inverse / several;
        return between <= 0 ? 4 : Math.min(4, Math.max(0.25, variance / between));
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
