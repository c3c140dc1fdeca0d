package dev.coterie.collect;

import dev.coterie.config.Config;

/** The limits of application.yaml. */
public final class TestLimits {
    public static final Config.Limits DEFAULT =
            new Config.Limits(200L << 20, 500, 1 << 20, 32 << 10, 100, 1000, 2048, 8 << 20, 8);

    private TestLimits() {}
}
