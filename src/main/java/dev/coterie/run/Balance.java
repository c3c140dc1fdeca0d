package dev.coterie.run;

import dev.coterie.error.InvalidInputException;
import dev.coterie.features.Block;
import dev.coterie.language.Message;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The balance that a person asks for: a factor or a share for each block.
 *
 * @param factors of the blocks that are not automatic, 0..{@value #LARGEST_FACTOR}
 * @param shares of all blocks, 0..1; empty if factors were given or nothing
 */
public record Balance(Map<Block, Double> factors, Map<Block, Double> shares) {
    static final int LARGEST_FACTOR = 1000;
    private static final Pattern NUMBER =
            Pattern.compile("(\\d{1,9}(\\.\\d{1,17})?(?:[eE]-?\\d{1,2})?)\\s*(%?)");

    public static final Balance AUTO = new Balance(Map.of(), Map.of());

    public Balance {
        factors = Map.copyOf(factors);
        shares = Map.copyOf(shares);
    }

    /**
     * Reads what was asked for each block.
     *
     * @param words by the block's name: {@code auto}, a factor such as {@code 2}, or a share such
     *     as {@code 40%}
     * @throws InvalidInputException if there is no such block, or the word is none of these
     */
    public static Balance read(Map<String, String> words) {
        var factors = new EnumMap<Block, Double>(Block.class);
        var shares = new EnumMap<Block, Double>(Block.class);
        words.forEach(
                (name, word) -> {
                    Block block = block(name, word);
                    if (word.equals("auto")) return;
                    var number = NUMBER.matcher(word);
                    if (!number.matches()) throw wrong(name, word);
                    double value = Double.parseDouble(number.group(1));
                    boolean share = !number.group(3).isEmpty();
                    if (value > (share ? 100 : LARGEST_FACTOR)) throw wrong(name, word);
                    if (share) shares.put(block, value / 100);
                    else factors.put(block, value);
                });
        return new Balance(factors, shares);
    }

    private static Block block(String name, String word) {
        try {
            return Block.of(name);
        } catch (IllegalArgumentException e) {
            throw wrong(name, word);
        }
    }

    private static InvalidInputException wrong(String name, String word) {
        return new InvalidInputException(
                Message.of(
                        "run.balance_wrong", "part", name + "=" + word, "largest", LARGEST_FACTOR),
                "/balance/" + name,
                null);
    }
}
