package dev.coterie.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import dev.coterie.api.DescribedApi.Operation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The bodies that the description tells of against those that handlers read, which their own text
 * says: the record that each gives to {@code Call.body}.
 */
class DescribedBodiesTest {
    private static final Path ROUTES = Path.of("src/main/java/dev/coterie/api");
    private static final Pattern ROUTE =
            Pattern.compile("routes\\.(post|put|patch)\\(\\s*\"([^\"]+)\",\\s*([^;]+);");
    private static final Pattern HANDLER = Pattern.compile("this::(\\w+)|-> (\\w+)\\(");
    private static final Pattern READS =
            Pattern.compile("Call\\.(?:lenientB|b)ody\\(\\s*ctx,\\s*(\\w+)\\.class");

    private final DescribedApi api = DescribedApi.INSTANCE;

    @Test
    void haveTheFieldsThatHandlersTake() throws Exception {
        int checked = 0;
        try (var files = Files.list(ROUTES)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                checked += check(file);
            }
        }
        assertTrue(checked >= 20, checked + " bodies");
    }

    private int check(Path file) throws Exception {
        int checked = 0;
        String code = Files.readString(file);
        String owner = "dev.coterie.api." + file.getFileName().toString().replace(".java", "$");
        Matcher route = ROUTE.matcher(code);
        while (route.find()) {
            Matcher handler = HANDLER.matcher(route.group(3));
            assertTrue(handler.find(), route.group());
            String name = handler.group(1) == null ? handler.group(2) : handler.group(1);
            Matcher reads = READS.matcher(method(code, name));
            if (!reads.find()) continue;
            String verb = route.group(1).toUpperCase(Locale.ROOT);
            Operation operation = api.registered(verb, route.group(2)).orElseThrow();
            same(
                    operation.toString(),
                    Class.forName(owner + reads.group(1)),
                    operation.json().at("/requestBody/content/application~1json/schema"));
            checked++;
        }
        return checked;
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
                        property.path("items").isMissingNode() ? property : property.path("items"));
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
