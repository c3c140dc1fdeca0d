package dev.coterie.config;

import java.math.BigDecimal;

/**
 * What a language model charges.
 *
 * @param input for a million tokens that it reads; 0 or more
 * @param output for a million tokens that it writes; 0 or more
 * @param currency ISO 4217 code, such as {@code EUR}
 */
public record TokenPrice(BigDecimal input, BigDecimal output, String currency) {
    private static final int MILLION_DIGITS = 6;

    /** Exact: nothing is rounded, so that amounts can be added up. */
    public BigDecimal cost(long inputTokens, long outputTokens) {
        BigDecimal read = input.multiply(BigDecimal.valueOf(inputTokens));
        BigDecimal written = output.multiply(BigDecimal.valueOf(outputTokens));
        return read.add(written).movePointLeft(MILLION_DIGITS);
    }
}
