package dev.coterie.eval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Compares a tool call's arguments with those expected: {@code name=value}, {@code name~part|part}
 * (contains one of them), {@code pair=#L,#D} (two segments in either order) and {@code filter=FIELD
 * OP VALUE} (one condition among the filters, such as {@code city=Leeds}).
 */
record GoldArguments(GoldShop shop) {
    private static final ObjectMapper JSON = new ObjectMapper();

    boolean hold(List<String> expected, Map<String, Object> args) {
        JsonNode node = JSON.valueToTree(args);
        return expected.stream().allMatch(e -> holds(e, node));
    }

    private boolean holds(String expected, JsonNode args) {
        if (expected.startsWith("pair=")) return pair(expected.substring(5), args);
        if (expected.startsWith("filter=")) return filtered(expected.substring(7), args);
        int sign = expected.indexOf('~');
        if (sign > 0) {
            String given = args.path(expected.substring(0, sign)).asText().toLowerCase(Locale.ROOT);
            String[] parts = expected.substring(sign + 1).split("\\|");
            return Arrays.stream(parts).anyMatch(given::contains);
        }
        int equals = expected.indexOf('=');
        String name = expected.substring(0, equals);
        String value = expected.substring(equals + 1);
        String given = args.path(name).asText();
        return switch (name) {
            case "segment" -> given.equals("seg_" + shop.number(value));
            case "customer" -> given.equals(shop.customer());
            default -> given.equals(value);
        };
    }

    private boolean pair(String expected, JsonNode args) {
        Set<String> wanted = new TreeSet<>();
        for (String word : expected.split(",")) wanted.add("seg_" + shop.number(word));
        return wanted.equals(
                new TreeSet<>(List.of(args.path("a").asText(), args.path("b").asText())));
    }

    /** A share's condition may be spelled as its level or as the whole attribute. */
    private boolean filtered(String expected, JsonNode args) {
        var wanted = GoldCondition.parse(expected);
        for (JsonNode f : args.path("filters")) {
            String field = f.path("field").asText();
            String op = f.path("op").asText();
            String value = f.path("value").asText();
            boolean plain =
                    field.equals(wanted.field())
                            && op.equals(wanted.op())
                            && value.equals(wanted.value());
            boolean level =
                    field.equals(wanted.field() + "=" + wanted.value())
                            && op.equals("=")
                            && value.equals("1");
            if (plain || level) return true;
        }
        return false;
    }
}
