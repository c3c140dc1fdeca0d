/**
 * The demo data of a first start: two invented shops, one a language, with planted groups.
 *
 * <p>In: a seed. Out: three linked CSV files and the truth behind them. Invariant: the same seed
 * gives the same bytes. The shops and the parts their customers' texts are composed of are in
 * {@code demo/*.yaml} on the class path.
 */
package dev.coterie.demo;
