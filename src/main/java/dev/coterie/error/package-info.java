/**
 * The errors Coterie raises on purpose.
 *
 * <p>Each says what happened, where, and what the reader can do, in both languages. Programmer
 * mistakes stay {@code IllegalArgumentException} and {@code IllegalStateException}.
 */
package dev.coterie.error;
