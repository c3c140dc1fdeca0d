/**
 * How well segments are found: data with planted groups, and measures against a known truth.
 *
 * <p>In: a seed and the name of a family, or a file with labels. Out: files whose groups are known,
 * and how far the product's own way through them agrees with that truth. Invariant: the same family
 * and seed give the same bytes. The parts of the invented texts are in {@code planted/*.yaml} on
 * the class path.
 */
package dev.coterie.eval;
