package dev.coterie.llm;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A request as people read it in the call log. */
final class SentText {
    /** A framed text; the sentence that explains the frame names both marks with a word between. */
    private static final Pattern FRAMED =
            Pattern.compile(
                    "\\[customer text [0-9a-f]+](?! and \\[end )|【客户原文 [0-9a-f]+】(?! 与 【原文结束 )");

    private SentText() {}

    static String of(ChatRequest request) {
        return request.messages().stream().map(SentText::of).collect(Collectors.joining("\n\n"));
    }

    /** How many customers' texts the request holds. */
    static int customers(ChatRequest request) {
        return (int) FRAMED.matcher(of(request)).results().count();
    }

    private static String of(ChatMessage message) {
        if (message instanceof SystemMessage s) return "system: " + s.text();
        if (message instanceof UserMessage u) return "user: " + u.singleText();
        if (message instanceof ToolExecutionResultMessage t) return "tool: " + t.text();
        if (message instanceof AiMessage a) {
            String calls =
                    a.toolExecutionRequests().stream()
                            .map(c -> c.name() + " " + c.arguments())
                            .collect(Collectors.joining("; "));
            return "model: " + (a.text() == null ? calls : a.text());
        }
        return "";
    }
}
