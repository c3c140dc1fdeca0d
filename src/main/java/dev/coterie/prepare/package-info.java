/**
 * Raw tables in, one clean table of customers out.
 *
 * <p>In: {@link dev.coterie.collect.Collected}. Out: {@link dev.coterie.prepare.CustomerTable}, the
 * {@link dev.coterie.prepare.Recipe} fitted on it and the {@link
 * dev.coterie.prepare.QualityReport}. Invariant: rows in = rows kept + rows merged + rows rejected,
 * for every table. Tablesaw stops here.
 */
package dev.coterie.prepare;
