package dev.coterie.brief;

/** Sample sizes of a two-sided test of two proportions at 80 % power and alpha 0.05. */
final class Power {
    static final double POWER = 0.8;
    static final double ALPHA = 0.05;
    private static final double Z_ALPHA = 1.959964;
    private static final double Z_POWER = 0.841621;

    private Power() {}

    /** Customers needed in each arm to find a rise from p to p + effect. */
    static int perArm(double p, double effect) {
        double q = Math.min(0.999, p + effect);
        double mean = (p + q) / 2;
        double a = Z_ALPHA * Math.sqrt(2 * mean * (1 - mean));
        double b = Z_POWER * Math.sqrt(p * (1 - p) + q * (1 - q));
        return (int) Math.ceil(Math.pow((a + b) / (q - p), 2));
    }

    /** The smallest rise that a given number of customers in each arm can find; 1 if none. */
    static double smallestEffect(double p, int perArm) {
        for (double effect = 0.005; p + effect < 0.995; effect += 0.005) {
            if (perArm(p, effect) <= perArm) return effect;
        }
        return 1;
    }
}
