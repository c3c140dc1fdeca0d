package dev.coterie.describe;

import java.util.Optional;

/**
 * How well a segment's description tells its members from others, tried on members whose texts it
 * has not seen.
 *
 * @param forcedChoice share of times that a member fits its own description better than another
 *     segment's, every other segment counted alike; one half is chance
 * @param coverage share of members that fit their own description best of all
 * @param intruder share of times that a stranger among five customers is found by the description;
 *     one in five is chance
 * @param customers held-out members it was tried on
 * @param confusedWith number of the segment whose description fits the other members best most
 *     often
 */
public record NameScore(
        double forcedChoice,
        double coverage,
        double intruder,
        int customers,
        Optional<Integer> confusedWith) {
    /** Below it a name is flagged: three members in ten would be taken for others. */
    public static final double LEAST_FORCED_CHOICE = 0.7;

    /** Below it too: three in four fit some other description better. */
    public static final double LEAST_COVERAGE = 0.25;

    /** True if the name should be looked at by a person. */
    public boolean weak() {
        return forcedChoice < LEAST_FORCED_CHOICE || coverage < LEAST_COVERAGE;
    }
}
