package dev.coterie.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.coterie.api.DescribedApi.Operation;
import dev.coterie.language.Language;
import dev.coterie.reference.ApiReference;
import dev.coterie.run.State;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The API's description against the code: it tells of all that there is and of nothing else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DescriptionTest {
    private static final Set<String> OF_THE_PAGE = Set.of("/assets/", "/webjars/", "/favicon.ico");

    @TempDir static Path folder;

    private final DescribedApi api = DescribedApi.INSTANCE;
    private LiveServer server;

    @BeforeAll
    void start() {
        server = new LiveServer(folder, Map.of());
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private Set<String> described() {
        return api.operations.stream()
                .map(Operation::shape)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void itTellsOfEveryRouteAndOfNoOther() {
        var registered =
                server.endpoints().stream()
                        .filter(e -> e.method.isHttpMethod())
                        .filter(e -> OF_THE_PAGE.stream().noneMatch(e.path::startsWith))
                        .map(e -> DescribedApi.shape(e.method.name(), e.path))
                        .collect(Collectors.toCollection(TreeSet::new));
        assertTrue(registered.size() > 70, registered.toString());
        assertEquals(registered, described());
    }

    @Test
    void itTellsOfTheParametersThatHandlersKnow() {
        Map<String, Set<String>> known = new HashMap<>();
        QueryParameters.KNOWN.forEach(
                (address, names) -> {
                    String[] parts = address.split(" ");
                    known.put(
                            DescribedApi.shape(parts[0], "/api/v1" + parts[1]),
                            new TreeSet<>(names));
                });
        var told = new TreeMap<String, Set<String>>();
        for (Operation operation : api.operations) {
            var names = new TreeSet<String>();
            for (JsonNode parameter : operation.json().path("parameters")) {
                JsonNode whole =
                        parameter.has("$ref")
                                ? api.document.at(parameter.path("$ref").asText().substring(1))
                                : parameter;
                assertTrue(whole.has("name"), operation + " " + parameter);
                if (whole.path("in").asText().equals("query"))
                    names.add(whole.path("name").asText());
            }
            if (!names.isEmpty()) told.put(operation.shape(), names);
        }
        assertEquals(new TreeMap<>(known), told);
    }

    @Test
    void everyOperationHasItsWordsInBothLanguages() {
        JsonNode chinese = ApiReference.document("test", Language.CHINESE);
        var ids = new TreeSet<String>();
        for (Operation operation : api.operations) {
            assertTrue(ids.add(operation.id()), "twice: " + operation.id());
            JsonNode same =
                    chinese.path("paths")
                            .path(operation.path())
                            .path(operation.method().toLowerCase(Locale.ROOT));
            for (String field : List.of("summary", "description")) {
                String english = operation.json().path(field).asText();
                assertFalse(english.isBlank(), operation + " has no " + field);
                String other = same.path(field).asText();
                assertTrue(
                        other.codePoints().anyMatch(Character::isIdeographic),
                        operation + " " + field + ": " + other);
            }
            boolean takesBody = operation.json().has("requestBody");
            assertEquals(
                    Set.of("POST", "PUT", "PATCH").contains(operation.method()),
                    takesBody,
                    operation.toString());
        }
    }

    @Test
    void everyTextIsEnglishInOneAndHasNoLeftoverOfTheOther() {
        for (Language language : Language.values()) {
            String document = ApiReference.document("test", language).toString();
            assertFalse(document.contains("｜"), language.tag());
            boolean ideographs =
                    document.replaceAll("\"x-errors\".*", "")
                            .codePoints()
                            .anyMatch(Character::isIdeographic);
            assertEquals(language == Language.CHINESE, ideographs);
        }
    }

    @Test
    void everyReferenceLeadsToSomethingAndEverySchemaIsUsed() {
        String document = api.document.toString();
        Matcher reference = Pattern.compile("\"\\$ref\":\"#([^\"]+)\"").matcher(document);
        var used = new TreeSet<String>();
        while (reference.find()) {
            assertFalse(api.document.at(reference.group(1)).isMissingNode(), reference.group(1));
            used.add(reference.group(1));
        }
        api.document
                .at("/components")
                .properties()
                .forEach(
                        kind -> {
                            if (kind.getKey().equals("securitySchemes")) return;
                            kind.getValue()
                                    .fieldNames()
                                    .forEachRemaining(
                                            name ->
                                                    assertTrue(
                                                            used.contains(
                                                                    "/components/"
                                                                            + kind.getKey()
                                                                            + "/"
                                                                            + name),
                                                            "not used: " + name));
                        });
    }

    @Test
    void itIsServedOnceAndThenKnownByItsTag() throws Exception {
        var english = server.get("/openapi.json");
        assertEquals(200, english.statusCode());
        JsonNode document = LiveServer.json(english);
        assertEquals("3.1.0", document.path("openapi").asText());
        String etag = english.headers().firstValue("ETag").orElseThrow();
        var again = server.get("/openapi.json", "If-None-Match", etag);
        assertEquals(304, again.statusCode());
        var chinese = server.get("/openapi.json", "Accept-Language", "zh-CN");
        assertNotEquals(etag, chinese.headers().firstValue("ETag").orElseThrow());
        assertTrue(chinese.body().contains("列出项目"));
        var request =
                HttpRequest.newBuilder(server.uri("/openapi.json"))
                        .header("Accept-Encoding", "gzip")
                        .build();
        var packed = server.client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        assertEquals("gzip", packed.headers().firstValue("Content-Encoding").orElse(""));
        assertTrue(packed.body().length * 4 < english.body().length());
    }

    @Test
    void programsFindItFromTheInfo() {
        String link = server.get("/api/v1/info").headers().firstValue("Link").orElse("");
        assertTrue(link.contains("</openapi.json>; rel=\"service-desc\""), link);
        assertTrue(link.contains("</docs>; rel=\"service-doc\""), link);
        assertTrue(server.get("/docs").body().contains("<div id=\"app\">"));
        assertTrue(server.get("/docs/errors").body().contains("<div id=\"app\">"));
    }

    @Test
    void wordsOfFieldsAreThoseOfTheCode() {
        JsonNode info = LiveServer.json(server.get("/api/v1/info"));
        JsonNode brief = api.document.at("/components/schemas/NewBrief/properties");
        assertEquals(info.path("goals"), brief.at("/goal/enum"));
        assertEquals(info.path("channels"), brief.at("/channels/items/enum"));
        JsonNode states = api.document.at("/components/schemas/State/enum");
        assertEquals(List.of(State.words()), texts(states));
    }

    private static List<String> texts(JsonNode list) {
        var texts = new ArrayList<String>();
        list.forEach(item -> texts.add(item.asText()));
        return texts;
    }
}
