package dev.coterie.describe;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.V;
import java.util.List;

/**
 * Gives one segment a name and a description; every sentence must refer to facts by id.
 *
 * <p>The reply is text, read leniently by code: models fence, think aloud or lead up to the object.
 */
interface SegmentNamer {
    @UserMessage(fromResource = "/prompts/name-segment.md")
    String word(
            @V("language") String language,
            @V("facts") String facts,
            @V("quotes") String quotes,
            @V("siblings") String siblings,
            @V("reference") String reference,
            @V("problem") String problem);

    /** What the reply holds. */
    record Words(String name, String who, List<String> sentences) {}

    static SegmentNamer over(ChatModel model) {
        return AiServices.create(SegmentNamer.class, model);
    }
}
