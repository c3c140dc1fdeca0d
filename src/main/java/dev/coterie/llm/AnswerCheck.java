package dev.coterie.llm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;

/**
 * Looks at every raw event of an answer before the library does: an error inside the stream, a
 * foreign choice, broken JSON, text after the end, too much text, and whether it ended at all.
 */
final class AnswerCheck {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Try call;
    private final boolean ollama;
    private long textBytes;
    private boolean finished;
    private boolean said;
    private String finish = "";

    AnswerCheck(Try call, boolean ollama) {
        this.call = call;
        this.ollama = ollama;
    }

    /**
     * @param data of one event, not {@code [DONE]}
     * @throws FaultException if the answer must not be used
     */
    void accept(String data) {
        JsonNode event = parse(data);
        if (!event.isObject()) throw FaultException.of(Fault.INVALID_ANSWER);
        JsonNode error = event.path("error");
        if (!error.isMissingNode() && !error.isNull()) throw Refusals.ofErrorObject(call, error);
        if (ollama) acceptOllama(event);
        else acceptOpenAi(event);
    }

    private void acceptOpenAi(JsonNode event) {
        JsonNode usage = event.path("usage");
        call.usage(usage.path("prompt_tokens").asInt(0), usage.path("completion_tokens").asInt(0));
        for (JsonNode choice : event.path("choices")) {
            if (choice.path("index").asInt(0) != 0) throw FaultException.of(Fault.INVALID_ANSWER);
            JsonNode delta = choice.path("delta");
            String text = delta.path("content").asText("");
            JsonNode calls = delta.path("tool_calls");
            boolean more = !text.isEmpty() || calls.size() > 0;
            if (more && finished) throw FaultException.of(Fault.INVALID_ANSWER);
            count(text);
            for (JsonNode one : calls) {
                count(one.path("function").path("arguments").asText(""));
            }
            if (!text.isBlank() || calls.size() > 0) said = true;
            String reason = choice.path("finish_reason").asText("");
            if (!reason.isEmpty() && !reason.equals("null")) {
                finished = true;
                finish = reason;
            }
        }
    }

    private void acceptOllama(JsonNode event) {
        call.usage(event.path("prompt_eval_count").asInt(0), event.path("eval_count").asInt(0));
        JsonNode message = event.path("message");
        String text = message.path("content").asText("");
        boolean calls = message.path("tool_calls").size() > 0;
        if (finished && (calls || !text.isEmpty())) {
            throw FaultException.of(Fault.INVALID_ANSWER);
        }
        count(text);
        if (calls) count(message.path("tool_calls").toString());
        if (calls || !text.isBlank()) said = true;
        if (event.path("done").asBoolean(false)) {
            finished = true;
            finish = event.path("done_reason").asText("stop");
        }
    }

    private void count(String text) {
        textBytes += text.getBytes(StandardCharsets.UTF_8).length;
        if (textBytes > call.limits().textBytes()) throw FaultException.of(Fault.ENDLESS_TEXT);
    }

    boolean finished() {
        return finished;
    }

    /**
     * @throws FaultException if the answer is not whole
     */
    void atEnd() {
        if (!finished) throw FaultException.of(Fault.CUT);
        if (finish.equals("content_filter")) throw FaultException.of(Fault.FILTERED);
        if (finish.equals("length")) throw FaultException.of(Fault.SHORTENED);
        if (!said) throw FaultException.of(Fault.EMPTY);
    }

    /**
     * A whole completion, which some servers send although a stream was asked for, as one event.
     */
    String asEvent(String completion) {
        if (!(parse(completion) instanceof ObjectNode event)) {
            throw FaultException.of(Fault.INVALID_ANSWER);
        }
        for (JsonNode choice : event.path("choices")) {
            if (!(choice instanceof ObjectNode one) || !one.path("message").isObject()) continue;
            JsonNode message = one.remove("message");
            one.set("delta", message);
            if (message.path("tool_calls") instanceof ArrayNode calls) {
                for (int i = 0; i < calls.size(); i++) {
                    if (calls.get(i) instanceof ObjectNode call) call.put("index", i);
                }
            }
        }
        return event.toString();
    }

    private static JsonNode parse(String data) {
        try {
            JsonNode node = JSON.readTree(data);
            if (node == null) throw FaultException.of(Fault.INVALID_ANSWER);
            return node;
        } catch (JsonProcessingException e) {
            // The parser's message holds a piece of the answer, so it is not kept.
            throw FaultException.of(Fault.INVALID_ANSWER);
        }
    }
}
