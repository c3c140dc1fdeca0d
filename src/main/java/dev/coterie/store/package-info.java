/**
 * The ledger: one SQLite file in the data folder, and everything that must be true of it.
 *
 * <p>One place opens connections (WAL, synchronous=FULL); one writer at a time begins immediately,
 * readers have a pool. A connection that met a full disk or an I/O error is thrown away, because
 * its transaction state is no longer known. Holds no SQL of any capability: each owns its own.
 */
package dev.coterie.store;
