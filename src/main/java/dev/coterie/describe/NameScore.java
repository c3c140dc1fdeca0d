package dev.coterie.describe;

/**
 * How well a segment's description tells its members from others, tried on members whose texts it
 * has not seen.
 *
 * @param forcedChoice share of times that a member fits its own description better than another
 *     segment's, every other segment counted alike; one half is chance
 * @param coverage share of members that fit their own description best of all
 * @param intruder share of times that a stranger among four members is found by the description;
 *     one in five is chance
 * @param customers held-out members it was tried on
 */
public record NameScore(double forcedChoice, double coverage, double intruder, int customers) {
    /** Below it a name is flagged: three members in ten would be taken for others. */
    public static final double WEAK = 0.7;

    public boolean weak() {
        return forcedChoice < WEAK;
    }
}
