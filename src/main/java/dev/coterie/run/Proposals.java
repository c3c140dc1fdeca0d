package dev.coterie.run;

import dev.coterie.brief.BriefRequest;
import dev.coterie.chat.ChatEvent;
import dev.coterie.describe.Writer;
import dev.coterie.error.InvalidInputException;
import dev.coterie.error.NotFoundException;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.tools.Proposal;
import java.util.List;
import java.util.Optional;

/**
 * What answers have proposed and people have confirmed. A proposal stands in the event log of its
 * answer; what comes of it has an id that follows from the two, so confirming twice does it once.
 */
public final class Proposals {
    private final EventLog events;
    private final Runs runs;
    private final Chats chats;
    private final Briefs briefs;

    Proposals(EventLog events, Runs runs, Chats chats, Briefs briefs) {
        this.events = events;
        this.runs = runs;
        this.chats = chats;
        this.briefs = briefs;
    }

    /** Id that the brief of a proposal has or will have. */
    public static String briefId(String message, Proposal proposal) {
        return Ids.derived("brf_", message, proposal.token());
    }

    /** The brief that came of a proposal, if it was confirmed. */
    public Optional<BriefEntry> made(String message, Proposal proposal) {
        return briefs.find(briefId(message, proposal));
    }

    /**
     * Does what an answer proposed.
     *
     * @param token of the proposal
     * @return id of the brief that is being written
     * @throws InvalidInputException if the answer has made no such proposal
     * @throws NotFoundException {@code segment_gone} if its segment does not stand any more
     */
    public String confirm(String messageId, String token) {
        Chat.Entry message = chats.message(messageId);
        Proposal proposal =
                events.all(message.id()).stream()
                        .flatMap(event -> ChatEvents.read(event).stream())
                        .filter(ChatEvent.ToolDone.class::isInstance)
                        .flatMap(e -> ((ChatEvent.ToolDone) e).result().proposal().stream())
                        .filter(p -> p.token().equals(token))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new InvalidInputException(
                                                Message.of("run.no_proposal"), "/token", null));
        Chat chat = chats.get(message.chat());
        FinishedRun run = runs.finished(chat.run());
        Language language = message.answer().map(a -> a.language()).orElse(chat.language());
        String id = briefId(messageId, proposal);
        briefs.make(
                id,
                chat.project(),
                segment(run, proposal),
                Optional.of(chat.run()),
                request(proposal, language));
        return id;
    }

    private static String segment(FinishedRun run, Proposal proposal) {
        String id = String.valueOf(proposal.args().get("segment"));
        if (run.segmentNumber(id).isEmpty()) {
            throw new NotFoundException(Message.of("run.segment_gone", "id", id));
        }
        return id;
    }

    private static BriefRequest request(Proposal proposal, Language language) {
        Object goal = proposal.args().get("goal");
        Object channel = proposal.args().get("channel");
        return new BriefRequest(
                goal == null ? "" : goal.toString(),
                channel == null ? List.of() : List.of(channel.toString()),
                language,
                Writer.LLM);
    }
}
