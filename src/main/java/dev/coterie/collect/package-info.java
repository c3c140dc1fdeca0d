/**
 * Files in, raw tables out.
 *
 * <p>In: CSV and JSON Lines, plain or gzip, in UTF-8, UTF-16 or GB18030. Out: {@link
 * dev.coterie.collect.RawTable}s with a guessed {@link dev.coterie.collect.Role} for each column,
 * the links between them, and the rows that could not be taken. Invariants: rows in = rows kept +
 * rows rejected for each file; ids are text; nothing is guessed from a sample, only from all rows.
 */
package dev.coterie.collect;
