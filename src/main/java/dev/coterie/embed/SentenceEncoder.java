package dev.coterie.embed;

/**
 * Turns one text into one unit vector. Thread-safe; the same text gives the same vector bit for
 * bit, in every order, process and thread.
 */
public interface SentenceEncoder extends AutoCloseable {
    EncoderCard card();

    /**
     * @return unit vector of {@code card().dimensions()} values; a text over the window is cut
     */
    Encoded encode(String text);

    /**
     * The same vector, bit for bit, with all cores on this one text: for a caller who waits. Slower
     * for many texts at once.
     */
    default Encoded encodeNow(String text) {
        return encode(text);
    }

    @Override
    void close();

    /**
     * @param vector unit vector
     * @param tokens tokens of the text, special tokens included, before any cut
     * @param cut true if the text was longer than the window
     */
    record Encoded(float[] vector, int tokens, boolean cut) {}
}
