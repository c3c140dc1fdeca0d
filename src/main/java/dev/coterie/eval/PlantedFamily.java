package dev.coterie.eval;

import dev.coterie.error.NotFoundException;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A kind of data set with planted groups; every seed makes another one of the kind.
 *
 * @param customers how many, noise included
 * @param groups planted groups, 3 to 12
 * @param noise share of customers drawn without regard to any group
 * @param skewed sizes fall by a fifth from group to group; otherwise they are equal
 * @param silent share of customers who wrote nothing
 * @param misleading the profile falls into two strong halves that have nothing to do with the
 *     groups
 */
public record PlantedFamily(
        String name,
        Language language,
        int customers,
        int groups,
        Layout layout,
        Overlap overlap,
        double noise,
        boolean skewed,
        double silent,
        boolean misleading) {

    private static final List<PlantedFamily> ALL =
            List.of(
                    chain("chain", 2500, 7, Overlap.MEDIUM, 0.05).sized(true),
                    chain("few", 1500, 3, Overlap.EASY, 0),
                    chain("hard", 2000, 6, Overlap.HARD, 0.10),
                    chain("many", 2500, 12, Overlap.EASY, 0.05),
                    chain("skewed", 2200, 8, Overlap.MEDIUM, 0.05).sized(true),
                    chain("chinese", 2000, 6, Overlap.MEDIUM, 0.05).in(Language.CHINESE),
                    chain("silent", 2000, 6, Overlap.EASY, 0.05).withSilent(0.25),
                    chain("misled", 2000, 6, Overlap.MEDIUM, 0.05).misled(),
                    of("all-three", 2000, 8, Layout.GRID, Overlap.EASY, 0.05),
                    of("text", 1800, 8, Layout.TEXT, Overlap.MEDIUM, 0.05),
                    of("behaviour", 1800, 5, Layout.BEHAVIOUR, Overlap.MEDIUM, 0.10),
                    of("profile", 1800, 4, Layout.PROFILE, Overlap.MEDIUM, 0),
                    of("noise", 1800, 5, Layout.NONE, Overlap.MEDIUM, 0),
                    of("noise-table", 1800, 5, Layout.NONE, Overlap.MEDIUM, 0).withSilent(1));

    /** Every family, in the order the benchmark shows them. */
    public static List<PlantedFamily> all() {
        return ALL;
    }

    /**
     * @throws NotFoundException naming those there are
     */
    public static PlantedFamily named(String name) {
        return ALL.stream()
                .filter(f -> f.name.equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new NotFoundException(
                                        Message.of(
                                                "eval.no_such_family",
                                                "family",
                                                name,
                                                "families",
                                                ALL.stream()
                                                        .map(PlantedFamily::name)
                                                        .collect(Collectors.joining(", ")))));
    }

    /** False for a family of pure noise, in which no group should be found. */
    public boolean hasGroups() {
        return layout != Layout.NONE;
    }

    private static PlantedFamily of(
            String name, int customers, int groups, Layout layout, Overlap overlap, double noise) {
        return new PlantedFamily(
                name,
                Language.ENGLISH,
                customers,
                groups,
                layout,
                overlap,
                noise,
                false,
                0.04,
                false);
    }

    private static PlantedFamily chain(
            String name, int customers, int groups, Overlap overlap, double noise) {
        return of(name, customers, groups, Layout.CHAIN, overlap, noise);
    }

    private PlantedFamily sized(boolean bySkew) {
        return new PlantedFamily(
                name,
                language,
                customers,
                groups,
                layout,
                overlap,
                noise,
                bySkew,
                silent,
                misleading);
    }

    private PlantedFamily in(Language other) {
        return new PlantedFamily(
                name, other, customers, groups, layout, overlap, noise, skewed, silent, misleading);
    }

    private PlantedFamily withSilent(double share) {
        return new PlantedFamily(
                name,
                language,
                customers,
                groups,
                layout,
                overlap,
                noise,
                skewed,
                share,
                misleading);
    }

    private PlantedFamily misled() {
        return new PlantedFamily(
                name, language, customers, groups, layout, overlap, noise, skewed, silent, true);
    }
}
