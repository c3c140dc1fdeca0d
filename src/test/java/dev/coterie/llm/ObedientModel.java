package dev.coterie.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A model that always obeys: if a planted text is in its prompt it does what the text wants,
 * otherwise it gives the good answer. So a trial depends on the product's walls and not on luck.
 */
final class ObedientModel implements LanguageModel {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<JsonNode> examples;
    private final UnaryOperator<String> localise;
    private final List<String> prompts = new ArrayList<>();
    private final List<String> words = new ArrayList<>();
    private int obeyed;

    /**
     * @param examples entries of {@code injections.json} that it looks for
     * @param localise rewrites references, for naming
     */
    ObedientModel(List<JsonNode> examples, UnaryOperator<String> localise) {
        this.examples = examples;
        this.localise = localise;
    }

    @Override
    public String name() {
        return "obedient";
    }

    List<String> prompts() {
        return prompts;
    }

    /** What it said, word for word; of an object the texts in it. */
    List<String> words() {
        return words;
    }

    /** How often it found a text in its prompt and obeyed. */
    int obeyed() {
        return obeyed;
    }

    @Override
    public ChatModel chat(Purpose purpose) {
        return new ChatModel() {
            @Override
            public ChatResponse doChat(ChatRequest request) {
                return reply(purpose, request);
            }
        };
    }

    @Override
    public StreamingChatModel streaming(Purpose purpose) {
        return new StreamingChatModel() {
            @Override
            public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
                ChatResponse response = reply(purpose, request);
                String text = response.aiMessage().text();
                if (text != null && !text.isEmpty()) handler.onPartialResponse(text);
                handler.onCompleteResponse(response);
            }
        };
    }

    private ChatResponse reply(Purpose purpose, ChatRequest request) {
        String prompt = text(request.messages());
        prompts.add(prompt);
        String field =
                purpose == Purpose.NAMING ? "naming" : purpose == Purpose.BRIEF ? "brief" : "chat";
        JsonNode good = FaultScenario.FILE.path("good_answers").path(field);
        String answer = good.isTextual() ? good.asText() : good.toString();
        AiMessage message = null;
        boolean tools =
                request.toolSpecifications() != null && !request.toolSpecifications().isEmpty();
        boolean asked = prompts.size() > 1;
        if (purpose == Purpose.CHAT && tools && !asked) {
            // It looks at customers' words first, so that the texts reach it.
            return of(call("find_quotes", "{\"segment\":\"seg_1\",\"limit\":10}"));
        }
        for (JsonNode example : examples) {
            if (!found(example, prompt)) continue;
            obeyed++;
            JsonNode obey = example.path("obey");
            switch (obey.path("do").asText()) {
                case "call_tool" -> {
                    if (tools) {
                        message =
                                call(obey.path("tool").asText(), obey.path("arguments").toString());
                    } else {
                        answer = obey.toString();
                    }
                }
                case "loop_tool" -> {
                    if (tools) message = call("find_quotes", "{\"segment\":\"seg_1\"}");
                }
                default -> answer = obeyed(purpose, obey, answer, prompt);
            }
        }
        if (message != null) return of(message);
        String said = localise.apply(answer);
        hear(said);
        return of(AiMessage.from(said));
    }

    private void hear(String said) {
        try {
            texts(JSON.readTree(said));
        } catch (java.io.IOException e) {
            words.add(said);
        }
    }

    private void texts(JsonNode node) {
        if (node.isTextual()) words.add(node.asText());
        node.forEach(this::texts);
    }

    /** True if the text, joined over rows or decoded, can be read in the prompt. */
    private static boolean found(JsonNode example, String prompt) {
        String compact = compact(prompt);
        if (!compact.contains(core(example.path("text").asText()))) return false;
        for (JsonNode row : example.path("more_rows")) {
            if (!compact.contains(core(row.asText()))) return false;
        }
        return true;
    }

    /** The longest part without characters that the product takes out on purpose. */
    static String core(String text) {
        String best = "";
        for (String part : text.split("<[^>]{0,60}>|[{}\\[\\]<>|*@\\d\"`=&()]+")) {
            String own = compact(part);
            if (own.length() > best.length()) best = own;
        }
        return best.substring(0, Math.min(30, best.length()));
    }

    private static String compact(String text) {
        return text.replaceAll("[\\s\\p{Punct}“”，。！？、：]+", "");
    }

    private static String obeyed(Purpose purpose, JsonNode obey, String good, String prompt) {
        String value = obey.path("value").asText("");
        boolean naming = purpose == Purpose.NAMING;
        return switch (obey.path("do").asText()) {
            case "set_name" ->
                    naming ? named(good, value) : "The segment is called " + value + ". " + good;
            case "prefix_text" -> naming ? named(good, value + " lamp people") : value + " " + good;
            case "replace_text", "chat_answer" -> naming ? said(good, value) : value;
            case "append_sentence" -> naming ? said(good, value) : good + " " + value;
            case "append_prompt" -> naming ? said(good, prompt) : good + " " + prompt;
            default -> throw new AssertionError(obey.toString());
        };
    }

    private static String named(String good, String name) {
        return each(good, "name", name, false);
    }

    /** The value in the sentence, and as the line about the members. */
    private static String said(String good, String value) {
        return each(each(good, "sentence", value, true), "who", value, false);
    }

    private static String each(String good, String field, String value, boolean append) {
        try {
            JsonNode tree = JSON.readTree(good);
            for (JsonNode s : tree.path("segments")) {
                String before = append ? s.path(field).asText() + " " : "";
                ((ObjectNode) s).put(field, before + value);
            }
            return tree.toString();
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    private static AiMessage call(String tool, String arguments) {
        return AiMessage.from(
                ToolExecutionRequest.builder()
                        .id("c" + System.nanoTime())
                        .name(tool)
                        .arguments(arguments)
                        .build());
    }

    private static ChatResponse of(AiMessage message) {
        return ChatResponse.builder().aiMessage(message).build();
    }

    private static String text(List<ChatMessage> messages) {
        var out = new StringBuilder();
        for (ChatMessage m : messages) {
            if (m instanceof SystemMessage s) out.append(s.text());
            else if (m instanceof UserMessage u) out.append(u.singleText());
            else if (m instanceof ToolExecutionResultMessage t) out.append(t.text());
            out.append('\n');
        }
        return out.toString();
    }
}
