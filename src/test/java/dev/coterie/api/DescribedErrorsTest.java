package dev.coterie.api;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.coterie.error.CoterieException;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.reference.ApiReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The list of error codes against the errors that are raised anywhere, from the code's text. */
class DescribedErrorsTest {
    private static final Path MAIN = Path.of("src/main/java/dev/coterie");

    private static final Pattern RAISED =
            Pattern.compile("new (\\w+Exception)\\(\\s*Message\\.of\\(\\s*\"([a-z]+\\.[\\w.]+)\"");

    /** Said in terminals or at the start, where nobody calls yet. */
    private static final Set<String> NEVER_ANSWERED =
            Set.of(
                    "api.key_needed_to_listen",
                    "collect.no_such_file",
                    "predict.no_model",
                    "predict.damaged_model",
                    "predict.not_written",
                    "predict.not_read",
                    "predict.other_encoder",
                    "store.folder_in_use",
                    "store.newer",
                    "store.no_folder");

    /** Bundles of the commands, and the model's faults, after which the narrator stands in. */
    private static final Set<String> NOT_OF_THE_API = Set.of("cli", "eval", "config");

    private static final Set<String> STOOD_IN_FOR = Set.of("LlmException", "FaultException");

    private final DescribedApi api = DescribedApi.INSTANCE;

    @Test
    void areAllListedWithTheStatusThatTheyGet() throws Exception {
        int found = 0;
        for (String code : sources()) {
            Matcher raised = RAISED.matcher(code);
            while (raised.find()) {
                String key = raised.group(2);
                boolean heard =
                        !NEVER_ANSWERED.contains(key)
                                && !NOT_OF_THE_API.contains(key.split("\\.")[0])
                                && !STOOD_IN_FOR.contains(raised.group(1));
                if (!heard) continue;
                var error =
                        (CoterieException)
                                Class.forName("dev.coterie.error." + raised.group(1))
                                        .getConstructor(Message.class)
                                        .newInstance(Message.of(key, arguments()));
                assertTrue(
                        api.errors.has(error.code(), Problem.status(error)),
                        key + " " + Problem.status(error) + " is not in errors.yaml");
                found++;
            }
        }
        assertTrue(found > 100, found + " places");
    }

    /** Of any message: the ones that it lacks are shown by name. */
    private static Object[] arguments() {
        return new Object[] {"number", 1, "count", 1, "limit", 1, "found", 1};
    }

    private static List<String> sources() throws IOException {
        try (var files = Files.walk(MAIN)) {
            var sources = files.filter(f -> f.toString().endsWith(".java")).toList();
            var texts = new ArrayList<String>();
            for (Path file : sources) texts.add(Files.readString(file));
            return texts;
        }
    }

    @Test
    void areToldWithTheWayOutInBothLanguages() {
        for (Language language : Language.values()) {
            JsonNode errors = ApiReference.document("test", language).path("x-errors");
            var codes = new TreeSet<String>();
            for (JsonNode error : errors) {
                String text = error.path("text").asText();
                assertTrue(codes.add(error.path("code").asText()), error.toString());
                assertFalse(text.contains("{") || text.contains("plural,"), text);
                assertFalse(error.path("title").asText().isBlank(), error.toString());
            }
            assertTrue(codes.containsAll(codesOfOperations()), codes.toString());
        }
    }

    private Set<String> codesOfOperations() {
        var codes = new TreeSet<String>();
        for (JsonNode code : api.document.path("paths").findValues("x-codes"))
            code.forEach(c -> codes.add(c.asText()));
        return codes;
    }
}
