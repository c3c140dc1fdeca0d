package dev.coterie.features;

import dev.coterie.embed.Embeddings;
import dev.coterie.prepare.CustomerTable;
import java.util.OptionalDouble;

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
     * How texts vary, from the customers with several, by the method of moments.
     *
     * @param within variance of the texts of one customer
     * @param between variance between customers beyond that; below 0 where texts of one customer
     *     are less alike than those of different ones
     * @param several customers with several texts
     */
    record Spread(double within, double between, int several) {
        private static final int ENOUGH = 200;

        /** Variance within by variance between, 0.25 to 4; 1 where nobody wrote twice. */
        double noise() {
            if (several < 2) return 1;
            return between <= 0 ? 4 : Math.min(4, Math.max(0.25, within / between));
        }

        /**
         * The intraclass correlation: how far two texts of one customer are alike, at most 1; empty
         * where fewer than {@value #ENOUGH} customers wrote twice.
         *
         * @see <a href="https://doi.org/10.1037/0033-2909.86.2.420">Shrout and Fleiss, intraclass
         *     correlations, 1979</a>
         */
        OptionalDouble correlation() {
            double all = Math.max(0, between) + within;
            return several < ENOUGH || all == 0
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(between / all);
        }
    }

    Spread spread(Embeddings embeddings, CustomerTable customers) {
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
        if (several < 2) return new Spread(0, 0, several);
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
        return new Spread(variance, between, several);
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
