package dev.coterie.rule;

import java.util.function.IntPredicate;

/** A set of rows of a sample, one bit each. Immutable. */
final class Rows {
    private final long[] bits;
    private final int count;

    private Rows(long[] bits) {
        this.bits = bits;
        int ones = 0;
        for (long b : bits) ones += Long.bitCount(b);
        this.count = ones;
    }

    /**
     * @param size rows of the sample
     * @param in whether the row at a place of the sample belongs to the set
     */
    static Rows where(int size, IntPredicate in) {
        var bits = new long[(size + 63) / 64];
        for (int i = 0; i < size; i++) if (in.test(i)) bits[i >> 6] |= 1L << (i & 63);
        return new Rows(bits);
    }

    int count() {
        return count;
    }

    Rows and(Rows other) {
        var both = new long[bits.length];
        for (int i = 0; i < bits.length; i++) both[i] = bits[i] & other.bits[i];
        return new Rows(both);
    }

    Rows or(Rows other) {
        var either = new long[bits.length];
        for (int i = 0; i < bits.length; i++) either[i] = bits[i] | other.bits[i];
        return new Rows(either);
    }

    /** How many rows are in both, without making the set. */
    int shared(Rows other) {
        int ones = 0;
        for (int i = 0; i < bits.length; i++) ones += Long.bitCount(bits[i] & other.bits[i]);
        return ones;
    }

    /** How many rows are in all three. */
    int shared(Rows other, Rows third) {
        int ones = 0;
        for (int i = 0; i < bits.length; i++) {
            ones += Long.bitCount(bits[i] & other.bits[i] & third.bits[i]);
        }
        return ones;
    }

    boolean has(int place) {
        return (bits[place >> 6] >>> place & 1) == 1;
    }

    boolean same(Rows other) {
        return java.util.Arrays.equals(bits, other.bits);
    }
}
