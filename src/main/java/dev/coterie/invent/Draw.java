package dev.coterie.invent;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Random choices of one invented customer; a fixed seed gives a fixed sequence. Not thread-safe.
 */
public final class Draw {
    private final SplittableRandom random;

    public Draw(SplittableRandom random) {
        this.random = random;
    }

    public boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** A whole number in least..most, both included. */
    public int between(int least, int most) {
        return least + random.nextInt(Math.max(1, most - least + 1));
    }

    /** A whole number in the range given as its least and its most, both included. */
    public int between(List<Integer> range) {
        return between(range.get(0), range.get(1));
    }

    public double normal(double mean, double deviation) {
        return mean + deviation * random.nextGaussian();
    }

    public <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** A key with a chance in proportion to its weight. */
    public String weighted(Map<String, Integer> weights) {
        int rest = random.nextInt(weights.values().stream().mapToInt(Integer::intValue).sum());
        for (var entry : weights.entrySet()) {
            rest -= entry.getValue();
            if (rest < 0) return entry.getKey();
        }
        throw new IllegalStateException("weights changed while drawing");
    }

    /** Shuffles in place (Fisher and Yates). */
    public <T> void shuffle(List<T> list) {
        for (int i = list.size() - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            T swapped = list.get(i);
            list.set(i, list.get(j));
            list.set(j, swapped);
        }
    }
}
