/**
 * A feature matrix in, clusters out: labels, confidence, outliers, stability, the choice of k and a
 * map.
 *
 * <p>Deterministic: rows are put in canonical order first and every random choice comes from the
 * seed, so shuffled input gives the same result.
 */
package dev.coterie.segment;
