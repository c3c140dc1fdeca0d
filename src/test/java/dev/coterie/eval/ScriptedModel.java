package dev.coterie.eval;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import dev.coterie.language.Language;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An endpoint that knows the gold questions: asked one, it calls the tool that is expected; given
 * the result, it cites every fact in it; what the data does not hold it says so.
 */
final class ScriptedModel implements ResponseDefinitionTransformerV2 {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern ID = Pattern.compile("\"id\":\"(f\\d+)\"");
    private static final Pattern QUOTE =
            Pattern.compile("(?:\\[customer text \\w+]|【客户原文 \\w+】)([^\\[【\\\\.。!！?？]+)");
    private static final Pattern MEAN = Pattern.compile("mean\\(([^,]+),.*");
    private static final Pattern COUNT = Pattern.compile("count\\(([^,]+),.*");
    private static final ScriptedModel ONLY = new ScriptedModel();

    private final Map<String, GoldQuestion> byText = new HashMap<>();
    private List<GoldShop> shops = List.of();

    private ScriptedModel() {}

    static WireMockExtension server() {
        return WireMockExtension.newInstance()
                .options(options().dynamicPort().extensions(ONLY))
                .build();
    }

    /** Lets the server answer in this script. */
    static ScriptedModel on(WireMockExtension server, List<GoldShop> shops) {
        ONLY.shops = shops;
        server.stubFor(post("/v1/chat/completions").willReturn(aResponse()));
        return ONLY;
    }

    void expect(List<GoldQuestion> questions) {
        byText.clear();
        for (GoldQuestion q : questions) byText.put(shop(q.language()).asked(q.text()), q);
    }

    private GoldShop shop(Language language) {
        return shops.stream().filter(s -> s.language() == language).findFirst().orElseThrow();
    }

    @Override
    public String getName() {
        return "scripted-model";
    }

    @Override
    public ResponseDefinition transform(ServeEvent event) {
        try {
            JsonNode messages =
                    JSON.readTree(event.getRequest().getBodyAsString()).path("messages");
            JsonNode last = messages.get(messages.size() - 1);
            String body =
                    last.path("role").asText().equals("tool")
                            ? says(cited(last.path("content").asText()))
                            : asked(messages);
            return aResponse()
                    .withHeader("Content-Type", "text/event-stream")
                    .withBody(body + "data: [DONE]\n\n")
                    .build();
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /** The newest question it knows; a reminder that follows it is none. */
    private String asked(JsonNode messages) throws JsonProcessingException {
        for (int i = messages.size() - 1; i > 0; i--) {
            GoldQuestion gold = byText.get(messages.get(i).path("content").asText());
            if (gold == null) continue;
            if (gold.tools().isEmpty()) return says("The data does not hold this.");
            return calls(gold.tools().get(0), arguments(gold));
        }
        throw new AssertionError("no gold question among " + messages);
    }

    private static String cited(String result) {
        var ids = new ArrayList<String>();
        for (Matcher m = ID.matcher(result); m.find(); ) ids.add("{{" + m.group(1) + "}}");
        Matcher said = QUOTE.matcher(result);
        String figures =
                ids.isEmpty() ? "" : "These are the figures: " + String.join(", ", ids) + ".";
        return said.find()
                ? figures + " Customers write “" + said.group(1).strip() + "”."
                : figures;
    }

    private ObjectNode arguments(GoldQuestion gold) {
        GoldShop shop = shop(gold.language());
        ObjectNode args = JSON.createObjectNode();
        for (String argument : gold.arguments()) {
            String[] part = argument.split("[=~]", 2);
            switch (part[0]) {
                case "segment" -> args.put("segment", "seg_" + shop.number(part[1]));
                case "pair" -> {
                    String[] pair = part[1].split(",");
                    args.put("a", "seg_" + shop.number(pair[0]));
                    args.put("b", "seg_" + shop.number(pair[1]));
                }
                case "filter" -> filter(args, part[1]);
                case "customer" -> args.put("customer", shop.customer());
                default -> args.put(part[0], part[1].split("\\|")[0]);
            }
        }
        complete(gold, args);
        return args;
    }

    /** What the tool needs beyond the arguments that are checked stands in the figures. */
    private static void complete(GoldQuestion gold, ObjectNode args) {
        String tool = gold.tools().get(0);
        for (List<String> options : gold.figures()) {
            String figure = options.get(0).replace("shown:", "");
            Matcher mean = MEAN.matcher(figure);
            if (tool.equals("feature_profile") && !args.has("feature") && mean.matches()) {
                args.put("feature", mean.group(1));
            }
            Matcher count = COUNT.matcher(figure);
            if (tool.equals("count_customers") && !args.has("filters") && count.matches()) {
                filter(args, count.group(1));
            }
        }
        if (tool.equals("count_customers") && !args.has("filters")) args.putArray("filters");
    }

    private static void filter(ObjectNode args, String condition) {
        var c = GoldCondition.parse(condition);
        args.putArray("filters")
                .addObject()
                .put("field", c.field())
                .put("op", c.op())
                .put("value", c.value());
    }

    private static String calls(String tool, ObjectNode args) throws JsonProcessingException {
        var function = Map.of("name", tool, "arguments", args.toString());
        var call = Map.of("index", 0, "id", "call_1", "type", "function", "function", function);
        return event(Map.of("tool_calls", List.of(call)), "") + event(Map.of(), "tool_calls");
    }

    private static String says(String text) throws JsonProcessingException {
        return event(Map.of("content", text), "") + event(Map.of(), "stop");
    }

    private static String event(Object delta, String finish) throws JsonProcessingException {
        ObjectNode choice = JSON.createObjectNode().put("index", 0);
        choice.set("delta", JSON.valueToTree(delta));
        if (!finish.isEmpty()) choice.put("finish_reason", finish);
        ObjectNode event = JSON.createObjectNode();
        event.putArray("choices").add(choice);
        return "data: " + JSON.writeValueAsString(event) + "\n\n";
    }
}
