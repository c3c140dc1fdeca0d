/**
 * Customers and a target column in, a forecast out: a linear model with its evaluation.
 *
 * <p>In: {@link dev.coterie.prepare.CustomerTable}, its embeddings if it has texts, and a {@link
 * dev.coterie.prepare.TargetColumn}. Out: {@link dev.coterie.predict.Forecast} with a {@link
 * dev.coterie.predict.ModelCard}. Invariants: everything that is fitted (filling, scaling, levels,
 * vocabulary, weights, the strength of regularisation) sees training rows only; the same rows, in
 * whatever order, and the same seed give the same forecast.
 */
package dev.coterie.predict;
