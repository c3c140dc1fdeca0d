/**
 * A question in, an answer with proof out.
 *
 * <p>In: one finished run ({@link dev.coterie.describe.Analysis}), the turns so far and a question
 * in English or Chinese. Out: sentences whose figures are references to facts, tables, quotations
 * and events as they happen. Without a language model intents are matched by embedding and a
 * narrator answers; with one, the model chooses among the same tools and every sentence of it is
 * checked. No HTTP here.
 */
package dev.coterie.chat;
