package dev.coterie.cli;

import dev.coterie.features.Block;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code auto} or {@code text=1,behaviour=1,profile=auto}; a block set to auto is absent. */
record BalanceOption(Map<Block, Double> factors) {
    static final class Converter implements ITypeConverter<BalanceOption> {
        @Override
        public BalanceOption convert(String value) {
            var balance = new TreeMap<Block, Double>();
            if (value.equals("auto")) return new BalanceOption(balance);
            for (String part : value.split(",")) {
                String[] pair = part.split("=", 2);
                try {
                    Block block = Block.of(pair[0].strip());
                    if (pair[1].strip().equals("auto")) continue;
                    double factor = Double.parseDouble(pair[1].strip());
                    if (!(factor >= 0 && factor <= 1000)) throw new NumberFormatException();
                    balance.put(block, factor);
                } catch (RuntimeException e) {
                    throw new TypeConversionException(
                            "'"
                                    + part
                                    + "' is not BLOCK=NUMBER; use text, behaviour or profile with a number"
                                    + " from 0 to 1000 or auto, such as text=1,behaviour=2,profile=auto");
                }
            }
            return new BalanceOption(balance);
        }
    }
}
