/**
 * Segments in, words with proof out: profiles against everyone else, themes, typical and opposing
 * quotes, names and descriptions.
 *
 * <p>Every figure is a {@link dev.coterie.proof.Fact}. The built-in narrator writes; a configured
 * language model may replace its texts.
 */
package dev.coterie.describe;
