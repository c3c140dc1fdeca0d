package dev.coterie.invent;

import java.util.List;
import java.util.Map;

/**
 * The parts that texts are composed of.
 *
 * @param joiner put between two sentences
 * @param words fillings of each slot; {@code slot-TAG} is preferred for things with that tag
 * @param openings first sentences by manner: warm, plain or brisk
 * @param themes what customers write about
 */
public record Grammar(
        String joiner,
        Map<String, List<String>> words,
        Map<String, List<String>> openings,
        Map<String, Theme> themes) {

    /** Something customers write about, in praise or in complaint. */
    public record Theme(Tone good, Tone bad) {}

    /**
     * @param story sentences that can stand alone
     * @param detail sentences that need a story before them
     */
    public record Tone(List<String> story, List<String> detail) {}

    /**
     * A thing that a text is about.
     *
     * @param spoken what customers call it
     * @param made what customers say it is made of
     */
    public record Thing(List<String> spoken, List<String> made, List<String> tags) {}
}
