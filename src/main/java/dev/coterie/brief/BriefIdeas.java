package dev.coterie.brief;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.V;

/** Words offers, messages and conduct for one segment, from facts given by id. */
interface BriefIdeas {
    @UserMessage(fromResource = "/prompts/write-brief.md")
    String write(
            @V("language") String language,
            @V("goal") String goal,
            @V("segment") String segment,
            @V("facts") String facts,
            @V("quotes") String quotes,
            @V("open") String open,
            @V("close") String close,
            @V("reference") String reference,
            @V("problem") String problem);

    static BriefIdeas over(ChatModel model) {
        return AiServices.create(BriefIdeas.class, model);
    }
}
