package dev.coterie;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.ibm.icu.text.MessagePattern;
import dev.coterie.language.Language;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What Coterie says exists in both languages, and only what it says. */
class MessagesTest {
    private static final Path BUNDLES = Path.of("src/main/resources/messages");
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\\n]|\\\\.)*)\"");

    private static final Pattern CONSTANT = Pattern.compile("\\b[A-Z][A-Z0-9_]+\\b");

    /** Bundle name to key to pattern. */
    private static final Map<String, Map<String, String>> ENGLISH = read(Language.ENGLISH);

    private static final Map<String, Map<String, String>> CHINESE = read(Language.CHINESE);

    private static Map<String, Map<String, String>> read(Language language) {
        String ending = "." + language.tag() + ".properties";
        var bundles = new TreeMap<String, Map<String, String>>();
        for (Path file : files(BUNDLES, ending)) {
            var properties = new Properties();
            try (var reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                properties.load(reader);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            var patterns = new TreeMap<String, String>();
            properties.forEach((key, pattern) -> patterns.put((String) key, (String) pattern));
            String name = file.getFileName().toString();
            bundles.put(name.substring(0, name.length() - ending.length()), patterns);
        }
        return bundles;
    }

    private static List<Path> files(Path folder, String ending) {
        try (var walk = Files.walk(folder)) {
            return walk.filter(file -> file.toString().endsWith(ending)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> all(Map<String, Map<String, String>> bundles) {
        var all = new TreeMap<String, String>();
        bundles.values().forEach(all::putAll);
        return all;
    }

    /** Every text literal of the program, with what follows it on the same line. */
    private static Map<Path, List<MatchResult>> literals() {
        var literals = new TreeMap<Path, List<MatchResult>>();
        for (Path file : files(SOURCES, ".java")) {
            literals.put(file, LITERAL.matcher(read(file)).results().toList());
        }
        return literals;
    }

    @Test
    void everyBundleExistsInBothLanguagesWithTheSameKeys() {
        assertFalse(ENGLISH.isEmpty(), "no bundle found");
        assertEquals(ENGLISH.keySet(), CHINESE.keySet());
        ENGLISH.forEach(
                (bundle, keys) ->
                        assertEquals(keys.keySet(), CHINESE.get(bundle).keySet(), bundle));
    }

    @Test
    void everyKeyCarriesTheNameOfItsBundle() {
        ENGLISH.forEach(
                (bundle, keys) ->
                        keys.keySet()
                                .forEach(key -> assertTrue(key.startsWith(bundle + "."), key)));
    }

    @Test
    void noKeyIsWrittenTwiceInAFile() throws IOException {
        for (Path file : files(BUNDLES, ".properties")) {
            var seen = new TreeSet<String>();
            boolean continued = false;
            for (String line : Files.readAllLines(file)) {
                boolean entry = !continued && line.matches("[a-z][^=:\\s]*\\s*[=:].*");
                continued = line.endsWith("\\");
                if (entry) {
                    String key = line.split("\\s*[=:]", 2)[0];
                    assertTrue(seen.add(key), file + " has twice " + key);
                }
            }
        }
    }

    @Test
    void everyPatternParsesAndTakesTheSameArgumentsInBothLanguages() {
        var chinese = all(CHINESE);
        all(ENGLISH)
                .forEach(
                        (key, pattern) -> {
                            var english = new Arguments(key, pattern);
                            var translated = new Arguments(key, chinese.get(key));
                            // Turns of phrase: the narrator offers each word in several forms, such
                            // as with an article, and each language takes the one it needs.
                            boolean turn = key.matches("describe[.](term|form[.].*)");
                            assertTrue(turn || english.agreeWith(translated), key);
                        });
    }

    /**
     * The arguments of a pattern: all of them, and those that are shown rather than only asked for
     * a grammatical form.
     */
    private record Arguments(Set<String> all, Set<String> shown) {
        Arguments(String key, String text) {
            this(new TreeSet<>(), new TreeSet<>());
            MessagePattern pattern;
            try {
                pattern = new MessagePattern(text);
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                throw new AssertionError(key + " does not parse: " + text, e);
            }
            var open = new ArrayDeque<String>();
            for (int i = 0; i < pattern.countParts(); i++) {
                var part = pattern.getPart(i);
                switch (part.getType()) {
                    case ARG_START -> {
                        String name = pattern.getSubstring(pattern.getPart(i + 1));
                        open.push(name);
                        all.add(name);
                        var kind = part.getArgType();
                        boolean form =
                                kind.hasPluralStyle() || kind == MessagePattern.ArgType.SELECT;
                        if (!form) shown.add(name);
                    }
                    case REPLACE_NUMBER -> shown.add(open.peek());
                    case ARG_LIMIT -> open.pop();
                    default -> {}
                }
            }
        }

        boolean agreeWith(Arguments other) {
            return other.all.containsAll(shown) && all.containsAll(other.shown);
        }
    }

    @Test
    void everyKeyTheProgramNamesExists() {
        var known = all(ENGLISH).keySet();
        var missing = new ArrayList<String>();
        literals()
                .forEach(
                        (file, literals) -> {
                            for (MatchResult literal : literals) {
                                String text = literal.group(1);
                                if (looksLikeKey(text) && !isOrBegins(text, known))
                                    missing.add(file + ": " + text);
                            }
                        });
        assertTrue(missing.isEmpty(), "not in the bundles: " + missing);
    }

    /**
     * A literal such as "describe.kind_" is put together with a word to make a key, and one such as
     * "segment.line" is put after the name of its own bundle.
     */
    private static boolean isOrBegins(String text, Set<String> known) {
        return known.contains(text)
                || known.stream().anyMatch(key -> key.endsWith("." + text))
                || (text.endsWith("_") && known.stream().anyMatch(key -> key.startsWith(text)));
    }

    /** A bundle's name, a dot and a word; file names and settings look alike but are neither. */
    private static boolean looksLikeKey(String text) {
        int dot = text.indexOf('.');
        return dot > 0
                && ENGLISH.containsKey(text.substring(0, dot))
                && text.matches("[a-z]+(\\.[a-z0-9_]+)+")
                && !text.matches(".*\\.(csv|db|html|json|jsonl|js|lock|md|npy|properties|txt|yaml)")
                && !SETTINGS.contains(text);
    }

    /** Dotted paths of application.yaml, such as llm.provider. */
    private static final Set<String> SETTINGS = settings();

    private static Set<String> settings() {
        try {
            var settings = new TreeSet<String>();
            String section = "";
            for (String line : Files.readAllLines(Path.of("src/main/resources/application.yaml"))) {
                String name = line.strip().split(":", 2)[0];
                if (line.matches("[a-z].*")) section = name;
                else if (line.matches(" +[a-z].*")) settings.add(section + "." + name);
            }
            return settings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void noKeyIsUnused() {
        var named = new TreeSet<String>();
        literals().values().forEach(found -> found.forEach(literal -> named.add(literal.group(1))));
        // Keys are made of the names of constants too.
        for (Path file : files(SOURCES, ".java")) {
            CONSTANT.matcher(read(file))
                    .results()
                    .forEach(constant -> named.add(constant.group().toLowerCase(Locale.ROOT)));
        }
        var unused =
                all(ENGLISH).keySet().stream()
                        .filter(key -> !isNamed(key, named))
                        .collect(Collectors.toCollection(TreeSet::new));
        assertTrue(unused.isEmpty(), "nothing says " + unused);
    }

    /** Whole, by its beginning, or, where the bundle is put before it, by what follows. */
    private static boolean isNamed(String key, Set<String> named) {
        int dot = key.indexOf('.') + 1;
        if (named.contains(key) || beginsWithOne(key, dot, named)) return true;
        String rest = key.substring(dot);
        return named.contains(key.substring(0, dot))
                && (named.contains(rest)
                        || beginsWithOne(rest, 0, named)
                        || named.stream().anyMatch(end -> endsInPart(rest, end)));
    }

    /** By a literal that ends in a separator at or after a position. */
    private static boolean beginsWithOne(String key, int from, Set<String> named) {
        for (int i = from; i < key.length(); i++) {
            boolean separator = key.charAt(i) == '.' || key.charAt(i) == '_';
            if (separator && named.contains(key.substring(0, i + 1))) return true;
        }
        return false;
    }

    private static boolean endsInPart(String rest, String end) {
        return end.length() > 1 && end.startsWith(".") && rest.endsWith(end);
    }

    @Test
    void chineseIsChineseAndNobodyShouts() {
        all(CHINESE)
                .forEach(
                        (key, pattern) -> {
                            String words = pattern.replaceAll("\\{[^{}]*}", "");
                            boolean hasWords = words.matches("(?s).*\\b[a-z]{3,}\\b.*");
                            boolean han = words.matches("(?s).*\\p{IsHan}.*");
                            assertTrue(han || !hasWords, key + " is not Chinese: " + pattern);
                            assertFalse(pattern.contains("！"), key);
                        });
        all(ENGLISH).forEach((key, pattern) -> assertFalse(pattern.contains("!"), key));
    }
}
