package dev.coterie.describe;

import java.util.HashMap;
import java.util.Map;

/** How far two attributes say the same: Pearson's correlation over customers who have both. */
final class Likeness {
    private final Map<String, Double> correlations = new HashMap<>();

    boolean same(Attribute a, Attribute b, double least) {
        return Math.abs(correlation(a, b)) > least;
    }

    private double correlation(Attribute a, Attribute b) {
        String key =
                a.key().compareTo(b.key()) < 0
                        ? a.key() + "\n" + b.key()
                        : b.key() + "\n" + a.key();
        return correlations.computeIfAbsent(key, k -> correlation(a.values(), b.values()));
    }

    private static double correlation(double[] x, double[] y) {
        int n = 0;
        double sx = 0, sy = 0;
        for (int i = 0; i < x.length; i++) {
            if (Double.isNaN(x[i]) || Double.isNaN(y[i])) continue;
            n++;
            sx += x[i];
            sy += y[i];
        }
        if (n < 3) return 0;
        double mx = sx / n, my = sy / n, xx = 0, yy = 0, xy = 0;
        for (int i = 0; i < x.length; i++) {
            if (Double.isNaN(x[i]) || Double.isNaN(y[i])) continue;
            xx += (x[i] - mx) * (x[i] - mx);
            yy += (y[i] - my) * (y[i] - my);
            xy += (x[i] - mx) * (y[i] - my);
        }
        return xx == 0 || yy == 0 ? 0 : xy / Math.sqrt(xx * yy);
    }
}
