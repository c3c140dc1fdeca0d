package dev.coterie.describe;

/**
 * A word that members of a segment use more than others, by class-based TF-IDF.
 *
 * @param word as people write it
 * @param score c-TF-IDF weight, above 0
 * @param customers distinct customers of the segment who use it
 * @param lift share of the segment's writers who use it, divided by the share of the others
 */
public record DistinctiveWord(String word, double score, long customers, double lift) {}
