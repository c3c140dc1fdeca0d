package dev.coterie.describe;

import dev.coterie.prepare.CustomerTable;

/**
 * A tenth of the customers, whose texts no description sees, so that descriptions can be tried on
 * them. It depends on the id alone and so is the same in every run.
 */
final class HeldOut {
    /** With fewer customers a description needs all of them. */
    static final int FEWEST_CUSTOMERS = 500;

    private static final int PART = 10;

    private HeldOut() {}

    /** For each customer whether it is held out. */
    static boolean[] of(CustomerTable customers) {
        boolean[] out = new boolean[customers.customers()];
        if (out.length < FEWEST_CUSTOMERS) return out;
        for (int i = 0; i < out.length; i++) {
            out[i] = Integer.remainderUnsigned(mixed(customers.ids().get(i)), PART) == 0;
        }
        return out;
    }

    /** The finaliser of MurmurHash3 over Java's string hash, which is specified. */
    private static int mixed(String id) {
        int h = id.hashCode();
        h = (h ^ h >>> 16) * 0x85ebca6b;
        h = (h ^ h >>> 13) * 0xc2b2ae35;
        return h ^ h >>> 16;
    }
}
