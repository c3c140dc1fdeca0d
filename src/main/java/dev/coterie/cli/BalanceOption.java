package dev.coterie.cli;

import dev.coterie.error.InvalidInputException;
import dev.coterie.language.Language;
import dev.coterie.run.Balance;
import java.util.LinkedHashMap;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads {@code auto}, {@code text=1,behaviour=1,profile=auto} or {@code text=60%,behaviour=40%}; a
 * block set to auto is absent.
 */
final class BalanceOption implements ITypeConverter<Balance> {
    @Override
    public Balance convert(String value) {
        if (value.equals("auto")) return Balance.AUTO;
        var words = new LinkedHashMap<String, String>();
        for (String part : value.split(",")) {
            String[] pair = part.split("=", 2);
            words.put(pair[0].strip(), pair.length < 2 ? "" : pair[1].strip());
        }
        try {
            return Balance.read(words);
        } catch (InvalidInputException e) {
            Language language = Language.of(Locale.getDefault().toLanguageTag());
            throw new TypeConversionException(e.message().in(language));
        }
    }
}
