package dev.coterie.llm;

/**
 * Bounds how many requests the endpoint gets when it fails often: each call earns half a further
 * try, three are there from the start. 20 calls make at most 33 requests. Thread-safe.
 */
final class RetryBudget {
    private static final double RESERVE = 3;
    private static final double EARNED = 0.5;
    private static final double MOST = 20;

    private double left = RESERVE;

    synchronized void called() {
        left = Math.min(MOST, left + EARNED);
    }

    /** True if one more try may be made; it is taken from the budget. */
    synchronized boolean take() {
        if (left < 1) return false;
        left--;
        return true;
    }

    /** A person changed something or asked for a test. */
    synchronized void refill() {
        left = Math.max(left, RESERVE);
    }
}
