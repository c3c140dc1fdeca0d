/**
 * What every invented data set needs: seeded choices, texts composed of parts of sentences, files.
 *
 * <p>In: a seed and a grammar. Out: texts as customers type them and CSV files. Invariant: the same
 * seed gives the same text.
 */
package dev.coterie.invent;
