/**
 * Segments in, words with proof out.
 *
 * <p>Every figure is a {@link dev.coterie.describe.Fact}; every sentence refers to facts as {@code
 * {{f12}}} and never holds a digit of its own. The built-in narrator writes; a configured language
 * model may replace its texts.
 */
package dev.coterie.describe;
