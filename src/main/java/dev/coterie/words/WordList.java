package dev.coterie.words;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Lists of words that stand beside this package's classes, in UTF-8. */
public final class WordList {
    private WordList() {}

    /** The lines of a list that are neither blank nor a remark, which starts with #. */
    public static List<String> lines(String file) {
        try (var in = WordList.class.getResourceAsStream(file);
                var reader =
                        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines().filter(l -> !l.isBlank() && !l.startsWith("#")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The words of a list, which are divided by spaces and line ends. */
    static Set<String> words(String file) {
        return lines(file).stream()
                .flatMap(l -> List.of(l.strip().split("\\s+")).stream())
                .collect(Collectors.toUnmodifiableSet());
    }
}
