/**
 * How texts are read, and how things are called, in English and Chinese.
 *
 * <p>In: texts of customers, names of columns and their values. Out: words and terms, what is a
 * name, an address or a number of a person, and words for names and sentences in either language.
 * The lists it reads stand beside its classes. What a sentence says is the matter of {@code
 * describe}.
 */
package dev.coterie.words;
