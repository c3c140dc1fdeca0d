package dev.coterie;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.ibm.icu.text.MessageFormat;
import dev.coterie.language.Language;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

    private static Map<String, String> all(Map<String, Map<String, String>> bundles) {
        var all = new TreeMap<String, String>();
        bundles.values().forEach(all::putAll);
        return all;
    }

    /** Every text literal of the program, with what follows it on the same line. */
    private static Map<Path, List<MatchResult>> literals() {
        var literals = new TreeMap<Path, List<MatchResult>>();
        for (Path file : files(SOURCES, ".java")) {
            try {
                String code = Files.readString(file);
                literals.put(file, LITERAL.matcher(code).results().toList());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
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
                        (key, pattern) ->
                                assertEquals(
                                        shown(key, pattern, Language.ENGLISH),
                                        shown(key, chinese.get(key), Language.CHINESE),
                                        key));
    }

    /**
     * The arguments that are shown; one that only picks a grammatical form is the language's own.
     */
    private static Set<String> shown(String key, String pattern, Language language) {
        try {
            var names =
                    new TreeSet<>(new MessageFormat(pattern, language.locale()).getArgumentNames());
            names.removeIf(
                    name ->
                            !pattern.matches(
                                            "(?s).*\\{\\s*"
                                                    + name
                                                    + "\\s*(}|,\\s*(number|date|time)).*")
                                    && !pattern.matches(
                                            "(?s).*\\{\\s*" + name + "\\s*,\\s*plural.*#.*"));
            return names;
        } catch (IllegalArgumentException e) {
            throw new AssertionError(key + " does not parse: " + pattern, e);
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
                                if (looksLikeKey(text) && !known.contains(text))
                                    missing.add(file + ": " + text);
                            }
                        });
        assertTrue(missing.isEmpty(), "not in the bundles: " + missing);
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
        // A literal such as "describe.kind_" is put together with a word to make a key.
        var beginnings =
                named.stream().filter(text -> text.matches("[a-z]+\\.([a-z0-9_.]*[._])?")).toList();
        var unused =
                all(ENGLISH).keySet().stream()
                        .filter(key -> !named.contains(key))
                        .filter(key -> beginnings.stream().noneMatch(key::startsWith))
                        .collect(Collectors.toCollection(TreeSet::new));
        assertTrue(unused.isEmpty(), "nothing says " + unused);
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
