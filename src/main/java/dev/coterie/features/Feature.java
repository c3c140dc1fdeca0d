package dev.coterie.features;

/**
 * One column of the feature matrix.
 *
 * @param name stable name, such as {@code recency_days}, {@code text_pc_3}, {@code country=DE}
 * @param block the block it belongs to
 * @param source the profile column it came from, or its own name
 */
public record Feature(String name, Block block, String source) {}
