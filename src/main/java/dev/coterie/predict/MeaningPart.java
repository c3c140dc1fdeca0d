package dev.coterie.predict;

import java.util.Optional;

/**
 * How the mean embedding of a customer's texts becomes features: centred, and scaled so that the
 * customers' vectors have a mean square length of {@link #WEIGHT} squared. A customer without a
 * text stands at the centre.
 *
 * @param encoder name of the encoder whose vectors these must be
 */
record MeaningPart(String encoder, float[] centre, double scale) {
    private static final double WEIGHT = 2;

    /**
     * @param rows the training rows; no other is looked at
     * @return empty if there is no embedding or all are alike
     */
    static Optional<MeaningPart> fit(CustomerRows customers, int[] rows) {
        if (customers.embeddings().isEmpty()) return Optional.empty();
        int d = customers.embeddings().get().dimensions();
        double[] sum = new double[d];
        double squares = 0;
        int writers = 0;
        for (int row : rows) {
            var meaning = customers.meaning(row);
            if (meaning.isEmpty()) continue;
            writers++;
            for (int j = 0; j < d; j++) {
                sum[j] += meaning.get()[j];
                squares += (double) meaning.get()[j] * meaning.get()[j];
            }
        }
        if (writers < 2) return Optional.empty();
        float[] centre = new float[d];
        double meanSquare = squares / writers;
        for (int j = 0; j < d; j++) {
            double mean = sum[j] / writers;
            centre[j] = (float) mean;
            meanSquare -= mean * mean;
        }
        if (meanSquare < 1e-9) return Optional.empty();
        String encoder = customers.embeddings().get().encoder().name();
        return Optional.of(new MeaningPart(encoder, centre, WEIGHT / Math.sqrt(meanSquare)));
    }

    int width() {
        return centre.length;
    }

    void write(Optional<float[]> meaning, int offset, Sink sink) {
        if (meaning.isEmpty()) return;
        for (int j = 0; j < centre.length; j++) {
            sink.put(offset + j, (meaning.get()[j] - centre[j]) * scale);
        }
    }
}
