package dev.coterie.segment;

import dev.coterie.language.Message;

/**
 * What found the clusters.
 *
 * @param algorithm the one that did, never {@code AUTO}
 * @param reason why it was this one, in one sentence
 */
public record Method(Algorithm algorithm, Message reason) {
    /**
     * @param asked what a person chose
     * @param used never {@code AUTO}
     */
    static Method of(Algorithm asked, Algorithm used) {
        boolean instead = used == Algorithm.KMEANS && asked != used;
        if (instead) return new Method(used, Message.of("segment.method_instead"));
        return new Method(
                used,
                asked == Algorithm.AUTO
                        ? Message.of(
                                used == Algorithm.SPHERICAL
                                        ? "segment.method_auto_spherical"
                                        : "segment.method_auto_mixture")
                        : chosen(used));
    }

    private static Message chosen(Algorithm algorithm) {
        return switch (algorithm) {
            case AUTO -> throw new IllegalArgumentException("auto is a choice, not an algorithm");
            case MIXTURE -> Message.of("segment.method_mixture");
            case KMEANS -> Message.of("segment.method_kmeans");
            case SPHERICAL -> Message.of("segment.method_spherical");
            case HDBSCAN -> Message.of("segment.method_hdbscan");
        };
    }

    /** Where there was nothing to tell customers apart by. */
    static Method alike(Algorithm asked) {
        return new Method(
                asked == Algorithm.AUTO ? Algorithm.KMEANS : asked,
                Message.of("segment.method_alike"));
    }

    /** What an older version, which chose by itself, found a model with. */
    static Method of(ClusterModel model) {
        if (model instanceof MixtureModel) return of(Algorithm.AUTO, Algorithm.MIXTURE);
        boolean smoothed =
                model instanceof PrototypeModel found && !found.smoothing().equals(Smoothing.NONE);
        return of(Algorithm.AUTO, smoothed ? Algorithm.SPHERICAL : Algorithm.KMEANS);
    }
}
