package dev.coterie.tools;

/**
 * A customer's words, masked.
 *
 * @param id {@code txt_} and the index into {@code CustomerTable.texts()}
 * @param text the text or its beginning
 * @param customer row in the customer table
 * @param segment number
 * @param source file and column
 */
public record Quotation(String id, String text, int customer, int segment, String source) {}
