package dev.coterie.chat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.coterie.describe.Attribute;
import dev.coterie.describe.SegmentProfile;
import dev.coterie.llm.TaskPrompt;
import dev.coterie.tools.Desk;
import dev.coterie.words.PersonalData;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Fills the prompt files of chat. */
final class ChatPrompts {
    private static final int TURNS = 6;
    private static final int QUESTION_CHARACTERS = 1000;
    private static final int ANSWER_CHARACTERS = 1500;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final TurnWork turn;
    private final TaskPrompt told;
    private final String mark;

    ChatPrompts(TurnWork turn) {
        this.turn = turn;
        this.told = new TaskPrompt("chat", turn.desk().language());
        byte[] bytes = new byte[6];
        RANDOM.nextBytes(bytes);
        this.mark = HexFormat.of().formatHex(bytes);
    }

    String mark() {
        return mark;
    }

    /**
     * @param history false to leave earlier turns out
     */
    List<ChatMessage> opening(boolean history) {
        var frames = new ToolFrames(turn.desk(), mark);
        var messages = new ArrayList<ChatMessage>();
        messages.add(
                SystemMessage.from(
                        told.fill(
                                Map.of(
                                        "segments", segments(frames),
                                        "fields", fields(frames),
                                        "open", frames.open(),
                                        "close", frames.close(),
                                        "reference", "{{f1}}",
                                        "scope", scope()))));
        if (history) {
            List<Turn> turns = turn.history();
            for (Turn t : turns.subList(Math.max(0, turns.size() - TURNS), turns.size())) {
                // Its references would stand for other figures now.
                if (!turn.desk().book().holds(t.answer().facts().values())) continue;
                messages.add(UserMessage.from(cut(t.question().text(), QUESTION_CHARACTERS)));
                messages.add(AiMessage.from(cut(t.answer().text(), ANSWER_CHARACTERS)));
            }
        }
        messages.add(UserMessage.from(cut(turn.question().text(), QUESTION_CHARACTERS)));
        turn.said()
                .ifPresent(
                        said -> {
                            messages.add(AiMessage.from(cut(said.text(), ANSWER_CHARACTERS)));
                            messages.add(UserMessage.from(again("go_on")));
                        });
        return messages;
    }

    private String segments(ToolFrames frames) {
        Desk desk = turn.desk();
        var lines = new StringBuilder();
        for (SegmentProfile s : desk.segments()) {
            int n = s.number();
            lines.append("seg_").append(n).append(" | ").append(frames.plain(desk.name(n)));
            for (var fact : List.of(desk.size(n), desk.share(n))) {
                lines.append(" | {{").append(fact.id()).append("}} = ");
                lines.append(frames.figure(fact));
            }
            lines.append('\n');
        }
        return lines.toString();
    }

    private String fields(ToolFrames frames) {
        return turn.desk().fields().all().stream()
                .map(a -> a.level().isEmpty() ? a.key() : column(a))
                .distinct()
                .limit(40)
                .map(frames::plain)
                .reduce((a, b) -> a + ", " + b)
                .orElse("-");
    }

    private static String column(Attribute a) {
        return a.column();
    }

    private String scope() {
        List<Integer> segments = turn.question().segments();
        if (segments.isEmpty()) return "-";
        return segments.stream().map(n -> "seg_" + n).reduce((a, b) -> a + ", " + b).orElse("-");
    }

    /**
     * What to say when a reply could not be used.
     *
     * @param problem a key of the chat's {@link dev.coterie.llm.AskAgain}
     */
    String again(String problem) {
        return told.again().say(problem);
    }

    /** What stands beside an answer that was written under it. */
    String version() {
        return told.version();
    }

    /** What a tool does, before its result says it better. */
    String label(String tool) {
        Desk desk = turn.desk();
        return desk.say("doing." + tool);
    }

    static Map<String, Object> plain(JsonNode args) {
        var out = new LinkedHashMap<String, Object>();
        args.properties().forEach(e -> out.put(e.getKey(), value(e.getValue())));
        return out;
    }

    private static Object value(JsonNode node) {
        return node.isTextual() ? node.asText() : node.toString();
    }

    /** What a person typed or was told, masked as customers' texts are. */
    private static String cut(String original, int most) {
        String text = PersonalData.mask(original);
        if (text.length() <= most) return text;
        int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return text.substring(0, end);
    }
}
