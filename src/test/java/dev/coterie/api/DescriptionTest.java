package dev.coterie.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import dev.coterie.api.DescribedApi.Operation;
import dev.coterie.api.reference.ApiReference;
import dev.coterie.error.CoterieException;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.run.State;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
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
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The API's description against the code: it tells of all that there is and of nothing else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DescriptionTest {
    private static final Path MAIN = Path.of("src/main/java/dev/coterie");
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

    /** An address without the names of its parameters, which handlers abbreviate. */
    private static String shape(String method, String path) {
        return method + " " + path.replaceAll("\\{\\w+}", "{}");
    }

    private Set<String> described() {
        return api.operations.stream()
                .map(o -> shape(o.method(), o.path()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void itTellsOfEveryRouteAndOfNoOther() {
        var registered =
                server.endpoints().stream()
                        .filter(e -> e.method.isHttpMethod())
                        .filter(e -> OF_THE_PAGE.stream().noneMatch(e.path::startsWith))
                        .map(e -> shape(e.method.name(), e.path))
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
                    known.put(shape(parts[0], "/api/v1" + parts[1]), new TreeSet<>(names));
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
            if (!names.isEmpty()) told.put(shape(operation.method(), operation.path()), names);
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

    /** What handlers read, from their own text: the record that each gives to {@code Call.body}. */
    @Nested
    class Bodies {
        private static final Pattern ROUTE =
                Pattern.compile("routes\\.(post|put|patch)\\(\\s*\"([^\"]+)\",\\s*([^;]+);");
        private static final Pattern HANDLER = Pattern.compile("this::(\\w+)|-> (\\w+)\\(");
        private static final Pattern READS =
                Pattern.compile("Call\\.(?:lenientB|b)ody\\(\\s*ctx,\\s*(\\w+)\\.class");

        @Test
        void haveTheFieldsThatHandlersTake() throws Exception {
            int checked = 0;
            try (var files = Files.list(MAIN.resolve("api"))) {
                for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                    String code = Files.readString(file);
                    Matcher route = ROUTE.matcher(code);
                    while (route.find()) {
                        Matcher handler = HANDLER.matcher(route.group(3));
                        assertTrue(handler.find(), route.group());
                        String name =
                                handler.group(1) == null ? handler.group(2) : handler.group(1);
                        Matcher reads = READS.matcher(method(code, name));
                        if (!reads.find()) continue;
                        String type =
                                file.getFileName().toString().replace(".java", "$")
                                        + reads.group(1);
                        Operation operation =
                                api.operations.stream()
                                        .filter(
                                                o ->
                                                        shape(o.method(), o.path())
                                                                .equals(
                                                                        shape(
                                                                                route.group(1)
                                                                                        .toUpperCase(
                                                                                                Locale
                                                                                                        .ROOT),
                                                                                route.group(2))))
                                        .findFirst()
                                        .orElseThrow();
                        same(
                                operation.toString(),
                                Class.forName("dev.coterie.api." + type),
                                operation
                                        .json()
                                        .at("/requestBody/content/application~1json/schema"));
                        checked++;
                    }
                }
            }
            assertTrue(checked >= 20, checked + " bodies");
        }

        private static String method(String code, String name) {
            int start = code.indexOf(" " + name + "(Context ctx");
            assertTrue(start > 0, name);
            int end = code.indexOf("\n    }\n", start);
            return code.substring(start, end);
        }

        private void same(String what, Class<?> type, JsonNode schema) {
            JsonNode told = resolved(schema);
            var fields = new TreeSet<String>();
            for (RecordComponent component : type.getRecordComponents()) {
                String field =
                        PropertyNamingStrategies.SnakeCaseStrategy.INSTANCE.translate(
                                component.getName());
                fields.add(field);
                Class<?> inner = inner(component);
                JsonNode property = told.path("properties").path(field);
                if (inner.isRecord())
                    same(
                            what + "/" + field,
                            inner,
                            property.path("items").isMissingNode()
                                    ? property
                                    : property.path("items"));
            }
            var names = new TreeSet<String>();
            told.path("properties").fieldNames().forEachRemaining(names::add);
            assertEquals(fields, names, what);
        }

        private JsonNode resolved(JsonNode schema) {
            String ref = schema.path("$ref").asText();
            return ref.isEmpty() ? schema : resolved(api.document.at(ref.substring(1)));
        }

        private static Class<?> inner(RecordComponent component) {
            if (component.getGenericType() instanceof ParameterizedType list
                    && component.getType() == List.class
                    && list.getActualTypeArguments()[0] instanceof Class<?> item) return item;
            return component.getType();
        }
    }

    /** Errors that are raised anywhere, from the text of the code. */
    @Nested
    class Errors {
        private static final Pattern RAISED =
                Pattern.compile(
                        "new (\\w+Exception)\\(\\s*Message\\.of\\(\\s*\"([a-z]+\\.[\\w.]+)\"");

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
