/**
 * What a question may ask of a finished run: typed tools that read, each with bounds.
 *
 * <p>In: the name of a tool and its arguments. Out: facts with ids, a table, quotations, the page
 * that shows more. No tool takes code or dumps rows; small counts are withheld and personal data is
 * masked here, whoever asks. {@link dev.coterie.tools.Toolbox} runs them by name, for a language
 * model or a program; the answers without a model call them one by one.
 */
package dev.coterie.tools;
