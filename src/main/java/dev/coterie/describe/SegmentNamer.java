package dev.coterie.describe;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.V;

/**
 * Gives segments a name and a description each; every sentence must refer to facts by id.
 *
 * <p>The reply is text, read leniently by code: models fence, think aloud or lead up to the object.
 */
interface SegmentNamer {
    @UserMessage(fromResource = "/prompts/name-segments.md")
    String word(
            @V("language") String language,
            @V("segments") String segments,
            @V("siblings") String siblings,
            @V("open") String open,
            @V("close") String close,
            @V("reference") String reference,
            @V("problem") String problem);

    static SegmentNamer over(ChatModel model) {
        return AiServices.create(SegmentNamer.class, model);
    }
}
