/**
 * What keeps a written sentence true to the data.
 *
 * <p>Every figure is a {@link dev.coterie.proof.Fact} with an id, gathered in a {@link
 * dev.coterie.proof.Ledger}; a sentence refers to facts as {@code {{f12}}} and never holds a digit
 * of its own. Gates hold what a language model or a person wrote against the facts: its numbers,
 * its directions, ranks and comparisons, and what it may have taken from a customer's text. They
 * know nothing of who writes or for what.
 */
package dev.coterie.proof;
