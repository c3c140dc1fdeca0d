package dev.coterie.cli;

import dev.coterie.features.Block;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads {@code auto}, {@code text=1,behaviour=1,profile=auto} or {@code text=60%,behaviour=40%}; a
 * block set to auto is absent.
 */
record BalanceOption(Map<Block, Double> factors, Map<Block, Double> shares) {
    static final class Converter implements ITypeConverter<BalanceOption> {
        @Override
        public BalanceOption convert(String value) {
            var balance = new TreeMap<Block, Double>();
            var shares = new TreeMap<Block, Double>();
            if (value.equals("auto")) return new BalanceOption(balance, shares);
            for (String part : value.split(",")) {
                String[] pair = part.split("=", 2);
                try {
                    Block block = Block.of(pair[0].strip());
                    if (pair[1].strip().equals("auto")) continue;
                    boolean share = pair[1].strip().endsWith("%");
                    double factor = Double.parseDouble(pair[1].replace("%", "").strip());
                    if (!(factor >= 0 && factor <= 1000)) throw new NumberFormatException();
                    if (share) shares.put(block, factor / 100);
                    else balance.put(block, factor);
                } catch (RuntimeException e) {
                    throw new TypeConversionException(
                            "'"
                                    + part
                                    + "' is not BLOCK=NUMBER; use text, behaviour or profile with a number"
                                    + " from 0 to 1000 or auto, such as text=1,behaviour=2,profile=auto,"
                                    + " or with shares, such as text=60%,behaviour=30%,profile=10%");
                }
            }
            return new BalanceOption(balance, shares);
        }
    }
}
