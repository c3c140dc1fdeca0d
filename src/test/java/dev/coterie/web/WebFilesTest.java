package dev.coterie.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Reads every file of the page and refuses what the content policy or two languages forbid. */
class WebFilesTest {
    static final Path WEB = Path.of("web");
    static final Map<Path, String> FILES = read();
    static final Map<Path, WebSource> SCRIPTS = scripts();

    static Map<Path, String> read() {
        try (Stream<Path> paths = Files.walk(WEB)) {
            Map<Path, String> files = new LinkedHashMap<>();
            for (Path p : paths.filter(Files::isRegularFile).sorted().toList())
                files.put(p, Files.readString(p));
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Map<Path, WebSource> scripts() {
        Map<Path, WebSource> scripts = new LinkedHashMap<>();
        FILES.forEach(
                (path, text) -> {
                    if (path.toString().endsWith(".js")) scripts.put(path, new WebSource(text));
                });
        return scripts;
    }

    static Map<String, String> messages(String language) {
        try {
            return new ObjectMapper()
                    .readValue(
                            FILES.get(WEB.resolve("i18n/" + language + ".json")),
                            new TypeReference<>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void none(List<String> findings) {
        assertTrue(findings.isEmpty(), () -> String.join("\n", findings));
    }

    static List<String> find(String pattern) {
        var findings = new ArrayList<String>();
        SCRIPTS.forEach(
                (path, script) -> {
                    Matcher m = Pattern.compile(pattern).matcher(script.code);
                    while (m.find()) findings.add(path + ": " + m.group());
                });
        return findings;
    }

    @Nested
    class Modules {
        static final Pattern IMPORT =
                Pattern.compile(
                        "\\b(?:from\\s+|import\\s+|import\\()\"([^\"\\n]+)\"|new URL\\(\"([^\"]+)\"");

        @Test
        void everyImportLeadsToAFile() {
            var findings = new ArrayList<String>();
            SCRIPTS.forEach(
                    (path, script) -> {
                        Matcher m = IMPORT.matcher(script.code);
                        while (m.find()) {
                            String target = m.group(1) == null ? m.group(2) : m.group(1);
                            if (!exists(path, target)) findings.add(path + ": " + target);
                        }
                    });
            none(findings);
        }

        boolean exists(Path from, String target) {
            if (target.startsWith("/webjars/"))
                return getClass().getResource("/META-INF/resources" + target) != null;
            // A bare specifier would need an import map, which the page does not have.
            return target.startsWith(".")
                    && Files.isRegularFile(from.resolveSibling(target).normalize());
        }

        @Test
        void onlyOneModuleNamesTheWebJar() {
            List<String> named =
                    SCRIPTS.entrySet().stream()
                            .filter(e -> e.getValue().code.contains("/webjars/"))
                            .map(e -> e.getKey().toString().replace('\\', '/'))
                            .toList();
            assertEquals(List.of("web/js/lib/lit.js"), named);
        }

        @Test
        void onlyTheApiModuleTalksToTheServer() {
            List<String> outside =
                    find("\\b(fetch\\(|XMLHttpRequest|EventSource|sendBeacon)").stream()
                            .filter(f -> !f.replace('\\', '/').startsWith("web/js/api.js"))
                            .toList();
            none(outside);
        }

        @Test
        void theFirstPageNamesFilesThatExist() {
            String index = FILES.get(WEB.resolve("index.html"));
            Matcher m = Pattern.compile("(?:href|src)=\"([^\"]+)\"").matcher(index);
            var findings = new ArrayList<String>();
            while (m.find()) {
                String target = m.group(1);
                boolean there =
                        target.startsWith("/assets/{{version}}/")
                                ? Files.isRegularFile(
                                        WEB.resolve(
                                                target.substring("/assets/{{version}}/".length())))
                                : getClass().getResource("/META-INF/resources" + target) != null;
                if (!there) findings.add(target);
            }
            none(findings);
        }

        @Test
        void filesStaySmallAndAreTypeChecked() {
            var findings = new ArrayList<String>();
            SCRIPTS.forEach(
                    (path, script) -> {
                        String text = FILES.get(path);
                        if (text.lines().count() > 300) findings.add(path + " is over 300 lines");
                        boolean exempt =
                                path.endsWith(Path.of("lib", "lit.js"))
                                        || path.endsWith("theme.js");
                        if (!exempt && !text.startsWith("// @ts-check"))
                            findings.add(path + " lacks // @ts-check");
                    });
            none(findings);
        }
    }

    @Nested
    class Policy {
        @Test
        void noTextBecomesMarkupOrCode() {
            none(
                    find(
                            "\\b(innerHTML|outerHTML|insertAdjacentHTML|document\\.write|eval\\(|new"
                                    + " Function|unsafeHTML|unsafeSVG|DOMParser|createContextualFragment)"));
        }

        @Test
        void workersComeThroughTheNamedPolicy() {
            List<String> workers = find("new Worker\\([^,)]*");
            assertEquals(1, workers.size(), workers.toString());
            assertTrue(workers.get(0).contains("policy ? policy.createScriptURL"), workers.get(0));
            assertEquals(1, find("createPolicy\\(\"coterie\"").size());
        }

        @Test
        void templatesHaveNoInlineHandlerAndNoStyleAttribute() {
            var findings = new ArrayList<String>();
            SCRIPTS.forEach(
                    (path, script) -> {
                        for (String body : script.templates) {
                            Matcher m =
                                    Pattern.compile("\\s(on[a-z]+|style)\\s*=|<style|<script")
                                            .matcher(body);
                            while (m.find()) findings.add(path + ":" + m.group());
                        }
                    });
            String index = FILES.get(WEB.resolve("index.html"));
            assertFalse(Pattern.compile("\\s(on[a-z]+|style)=|<style").matcher(index).find());
            assertFalse(
                    Pattern.compile("<script(?![^>]*\\ssrc=)").matcher(index).find(),
                    "inline script");
            none(findings);
        }

        @Test
        void nothingLeadsOffTheOrigin() {
            var findings = new ArrayList<String>();
            FILES.forEach(
                    (path, text) -> {
                        String code = SCRIPTS.containsKey(path) ? SCRIPTS.get(path).code : text;
                        Matcher m =
                                Pattern.compile("(?:https?:|url\\(\\s*[\"']?)//\\S+").matcher(code);
                        while (m.find())
                            if (!m.group().startsWith("http://www.w3.org/2000/svg"))
                                findings.add(path + ": " + m.group());
                        if (code.contains("@import")) findings.add(path + ": @import");
                    });
            none(findings);
        }
    }

    @Nested
    class Words {
        @Test
        void bothLanguagesHaveTheSameKeysAndArguments() {
            Map<String, String> en = messages("en");
            Map<String, String> zh = messages("zh-CN");
            assertEquals(en.keySet(), zh.keySet());
            var findings = new ArrayList<String>();
            en.forEach(
                    (key, text) -> {
                        if (!arguments(text).equals(arguments(zh.get(key))))
                            findings.add(key + ": " + arguments(text) + arguments(zh.get(key)));
                    });
            none(findings);
        }

        Set<String> arguments(String text) {
            return Pattern.compile("\\{(\\w+)(?:\\}|, (?:plural|select),)")
                    .matcher(text)
                    .results()
                    .map(m -> m.group(1))
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        @Test
        void everyKeyThatIsUsedIsThereAndEveryKeyIsUsed() {
            Set<String> known = messages("en").keySet();
            Set<String> spaces =
                    known.stream().map(k -> k.split("\\.")[0]).collect(Collectors.toSet());
            Set<String> used = new TreeSet<>();
            Pattern key = Pattern.compile("([a-z]+)\\.[a-z0-9_]+");
            SCRIPTS.values()
                    .forEach(
                            script ->
                                    script.strings.stream()
                                            .filter(
                                                    s -> {
                                                        Matcher m = key.matcher(s);
                                                        return m.matches()
                                                                && spaces.contains(m.group(1));
                                                    })
                                            .forEach(used::add));
            Set<String> missing = new TreeSet<>(used);
            missing.removeAll(known);
            assertEquals(Set.of(), missing, "used, but in no message file");
            Set<String> idle = new TreeSet<>(known);
            idle.removeAll(used);
            assertEquals(Set.of(), idle, "in the message files, but never used");
        }

        @Test
        void keysAreLiteralsSoThatTheyCanBeChecked() {
            none(find("\\bt\\(`[^`]*`"));
        }

        @Test
        void templatesHoldNoWordsOfTheirOwn() {
            var findings = new ArrayList<String>();
            SCRIPTS.forEach(
                    (path, script) -> {
                        for (String body : script.templates) {
                            String text = body.replaceAll("<[^>]*>", " ").replace("&nbsp;", " ");
                            if (Pattern.compile("\\p{L}").matcher(text).find())
                                findings.add(path + ": " + text.strip());
                            Matcher m =
                                    Pattern.compile(
                                                    "\\s(?:title|placeholder|alt|aria-label)=\"[^\""
                                                            + WebSource.HOLE
                                                            + "]*\\p{L}[^\"]*\"")
                                            .matcher(body);
                            while (m.find()) findings.add(path + ":" + m.group());
                        }
                    });
            none(findings);
        }

        @Test
        void chineseKeepsToItsOwnPunctuation() {
            var findings = new ArrayList<String>();
            messages("zh-CN")
                    .forEach(
                            (key, text) -> {
                                if (Pattern.compile("\\p{IsHan}\\s*[,;?!:.](?!\\w)")
                                        .matcher(text)
                                        .find()) findings.add(key + ": " + text);
                            });
            none(findings);
        }
    }
}
