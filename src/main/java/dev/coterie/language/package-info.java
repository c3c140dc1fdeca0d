/**
 * The two languages Coterie speaks and the messages it says in them.
 *
 * <p>In: a key and named arguments. Out: a sentence in English or Simplified Chinese. Invariant:
 * every key exists in both languages with the same arguments (a test reads the bundles).
 */
package dev.coterie.language;
