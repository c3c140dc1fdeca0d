package dev.coterie.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.coterie.features.Block;
import dev.coterie.run.RunSettings;
import java.util.EnumMap;
import java.util.Map;

/**
 * The balance that a request asks for: a factor or a share for each block.
 *
 * @param factors of the blocks that are not automatic
 * @param shares of all blocks, 0..1; empty if factors were given or nothing
 */
record BalanceReader(Map<Block, Double> factors, Map<Block, Double> shares) {
    /**
     * @param asked null leaves the balance as it is
     */
    static BalanceReader of(Map<String, JsonNode> asked, RunSettings base) {
        if (asked == null) return new BalanceReader(base.balance(), base.shares());
        var factors = new EnumMap<Block, Double>(Block.class);
        var shares = new EnumMap<Block, Double>(Block.class);
        asked.forEach(
                (name, value) -> {
                    String pointer = "/balance/" + name;
                    Block block = block(name, pointer);
                    if (value == null || value.isNull() || value.asText().equals("auto")) return;
                    if (value.isTextual()) shares.put(block, share(value.asText(), pointer));
                    else factors.put(block, factor(value, pointer));
                });
        return new BalanceReader(factors, shares);
    }

    private static Block block(String name, String pointer) {
        try {
            return Block.of(name);
        } catch (IllegalArgumentException e) {
            throw Call.wrong(pointer);
        }
    }

    private static double factor(JsonNode value, String pointer) {
        boolean fits = value.isNumber() && value.asDouble() >= 0 && value.asDouble() <= 1e6;
        if (!fits) throw Call.wrong(pointer);
        return value.asDouble();
    }

    /** Reads {@code "40%"}. */
    private static double share(String value, String pointer) {
        try {
            if (!value.endsWith("%")) throw Call.wrong(pointer);
            double share = Double.parseDouble(value.substring(0, value.length() - 1).strip()) / 100;
            if (!(share >= 0 && share <= 1)) throw Call.wrong(pointer);
            return share;
        } catch (NumberFormatException e) {
            throw Call.wrong(pointer);
        }
    }
}
