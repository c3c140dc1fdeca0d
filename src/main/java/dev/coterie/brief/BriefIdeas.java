package dev.coterie.brief;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.V;
import java.util.List;

/** Words offers, messages and conduct for one segment, from facts given by id. */
interface BriefIdeas {
    @UserMessage(fromResource = "/prompts/write-brief.md")
    String write(
            @V("language") String language,
            @V("goal") String goal,
            @V("segment") String segment,
            @V("facts") String facts,
            @V("quotes") String quotes,
            @V("reference") String reference);

    /** What the reply holds; every text is a hypothesis. */
    record Ideas(List<String> offers, List<String> messages, List<String> conduct) {}

    static BriefIdeas over(ChatModel model) {
        return AiServices.create(BriefIdeas.class, model);
    }
}
