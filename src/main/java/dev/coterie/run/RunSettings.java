package dev.coterie.run;

import dev.coterie.collect.RoleChoice;
import dev.coterie.error.InvalidInputException;
import dev.coterie.features.Block;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.prepare.Preparation;
import dev.coterie.segment.Algorithm;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a person chose for a run; with the data's fingerprint it determines the result.
 *
 * @param roles chosen roles; every other column keeps its guess
 * @param k number of segments, 1..254, or empty for the automatic choice
 * @param algorithm what looks for the clusters
 * @param balance factor of each block (0 leaves it out); a block that is absent is automatic
 * @param shares part of each block in what tells customers apart, together 1, instead of factors; a
 *     block that is absent is left out; empty for the automatic balance
 * @param encoder name or alias of the encoder, or empty for the language's default
 * @param textLanguage {@code en} or {@code zh}, or empty to detect it
 * @param language of names, briefs and reports
 * @param recipe version of the default recipe, see {@link Preparation#RECIPE}; a stored run keeps
 *     its own, so that it is read again as it was
 */
public record RunSettings(
        List<RoleChoice> roles,
        OptionalInt k,
        Algorithm algorithm,
        Map<Block, Double> balance,
        Map<Block, Double> shares,
        Optional<String> encoder,
        Optional<String> textLanguage,
        Language language,
        long seed,
        int recipe) {
    /** Shares are typed as whole percent; three rounded thirds are welcome. */
    private static final double ROUNDED = 0.015;

    /**
     * @throws InvalidInputException if shares do not make a whole or come beside factors
     */
    public RunSettings {
        roles = List.copyOf(roles);
        balance = Map.copyOf(balance);
        // Runs of earlier versions chose neither.
        algorithm = algorithm == null ? Algorithm.AUTO : algorithm;
        shares = shares == null ? Map.of() : Map.copyOf(shares);
        if (!shares.isEmpty() && !balance.isEmpty()) {
            throw new InvalidInputException(Message.of("run.balance_mixed"), "/balance", null);
        }
        double total = shares.values().stream().mapToDouble(s -> s).sum();
        if (!shares.isEmpty() && Math.abs(total - 1) > ROUNDED) {
            throw new InvalidInputException(
                    Message.of("run.shares_total", "total", total), "/balance", null);
        }
    }

    /** As above, with the recipe of today. */
    public RunSettings(
            List<RoleChoice> roles,
            OptionalInt k,
            Algorithm algorithm,
            Map<Block, Double> balance,
            Map<Block, Double> shares,
            Optional<String> encoder,
            Optional<String> textLanguage,
            Language language,
            long seed) {
        this(
                roles,
                k,
                algorithm,
                balance,
                shares,
                encoder,
                textLanguage,
                language,
                seed,
                Preparation.RECIPE);
    }

    /** The algorithm is automatic, and so are the blocks without a factor. */
    public RunSettings(
            List<RoleChoice> roles,
            OptionalInt k,
            Map<Block, Double> balance,
            Optional<String> encoder,
            Optional<String> textLanguage,
            Language language,
            long seed) {
        this(roles, k, Algorithm.AUTO, balance, Map.of(), encoder, textLanguage, language, seed);
    }

    public static RunSettings defaults(Language language) {
        return new RunSettings(
                List.of(),
                OptionalInt.empty(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                language,
                42);
    }

    /** The same with factors for the blocks. */
    public RunSettings with(Map<Block, Double> factors) {
        return new RunSettings(
                roles,
                k,
                algorithm,
                factors,
                Map.of(),
                encoder,
                textLanguage,
                language,
                seed,
                recipe);
    }

    /** The same for another number of segments. */
    public RunSettings with(OptionalInt segments) {
        return new RunSettings(
                roles,
                segments,
                algorithm,
                balance,
                shares,
                encoder,
                textLanguage,
                language,
                seed,
                recipe);
    }

    /**
     * The same with another encoder.
     *
     * @param name its name or alias
     */
    public RunSettings withEncoder(String name) {
        return new RunSettings(
                roles,
                k,
                algorithm,
                balance,
                shares,
                Optional.of(name),
                textLanguage,
                language,
                seed,
                recipe);
    }

    /** The same for columns of other roles. */
    RunSettings withRoles(List<RoleChoice> others) {
        return new RunSettings(
                others,
                k,
                algorithm,
                balance,
                shares,
                encoder,
                textLanguage,
                language,
                seed,
                recipe);
    }

    boolean leavesOut(Block block) {
        return factors().getOrDefault(block, 1.0) == 0;
    }

    /** Factors that leave out the blocks without a share; the others are still to be scaled. */
    Map<Block, Double> factors() {
        if (shares.isEmpty()) return balance;
        var leftOut = new java.util.EnumMap<Block, Double>(Block.class);
        for (Block block : Block.values()) {
            if (shares.getOrDefault(block, 0.0) == 0) leftOut.put(block, 0.0);
        }
        return leftOut;
    }
}
