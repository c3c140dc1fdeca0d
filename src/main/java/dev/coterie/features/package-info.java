/**
 * Customers and embeddings in, a numeric feature matrix in blocks out.
 *
 * <p>Blocks: text, behaviour, profile. Fitted once on a data set and applied to new customers by
 * the same code.
 */
package dev.coterie.features;
