package dev.coterie.run;

import dev.coterie.collect.RoleChoice;
import dev.coterie.features.Block;
import dev.coterie.language.Language;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a person chose for a run; with the data's fingerprint it determines the result.
 *
 * @param roles chosen roles; every other column keeps its guess
 * @param k number of segments, 1..254, or empty for the automatic choice
 * @param balance factor of each block (0 leaves it out); a block that is absent is automatic
 * @param encoder name or alias of the encoder, or empty for the language's default
 * @param textLanguage {@code en} or {@code zh}, or empty to detect it
 * @param language of names, briefs and reports
 */
public record RunSettings(
        List<RoleChoice> roles,
        OptionalInt k,
        Map<Block, Double> balance,
        Optional<String> encoder,
        Optional<String> textLanguage,
        Language language,
        long seed) {
    public RunSettings {
        roles = List.copyOf(roles);
        balance = Map.copyOf(balance);
    }

    RunSettings with(Map<Block, Double> otherBalance) {
        return new RunSettings(roles, k, otherBalance, encoder, textLanguage, language, seed);
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
}
