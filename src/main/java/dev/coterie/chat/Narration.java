package dev.coterie.chat;

import dev.coterie.proof.Fact;
import dev.coterie.tools.Desk;
import dev.coterie.tools.ToolResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The sentences and results of one built-in answer while it is made. */
final class Narration {
    private final Desk desk;
    private final BuiltInChat.Tools tools;
    private final List<String> sentences = new ArrayList<>();
    private final List<ToolResult> results = new ArrayList<>();
    private boolean answered = true;

    Narration(Desk desk, BuiltInChat.Tools tools) {
        this.desk = desk;
        this.tools = tools;
    }

    void say(String key, Object... pairs) {
        sentences.add(desk.say("say." + key, pairs));
    }

    /**
     * Says where a figure is highest and where it is lowest.
     *
     * @param each one fact a segment, not empty
     * @param pairs what else the sentence holds
     */
    void range(String key, List<Fact> each, Object... pairs) {
        var order = Comparator.comparingDouble(Fact::value);
        Fact high = each.stream().max(order).orElseThrow();
        Fact low = each.stream().min(order).orElseThrow();
        var all = new ArrayList<>(List.of(pairs));
        all.addAll(List.of("high", desk.name(high.segment()), "high_value", ref(high)));
        all.addAll(List.of("low", desk.name(low.segment()), "low_value", ref(low)));
        say(key, all.toArray());
    }

    void add(List<String> more) {
        sentences.addAll(more);
    }

    /** Says that the data does not hold it. */
    void unanswered(String key, Object... pairs) {
        say(key, pairs);
        answered = false;
    }

    /** Says why it cannot be worked out. */
    void refused(String why) {
        sentences.add(why);
        answered = false;
    }

    /** What could not be answered as asked is answered in another way. */
    void answeredAfterAll() {
        answered = true;
    }

    /** Asks back. */
    void ask(String key, Object... pairs) {
        say(key, pairs);
        answered = false;
    }

    ToolResult use(String tool, String label, Map<String, Object> args, Supplier<ToolResult> work) {
        ToolResult result = tools.run(tool, label, args, work);
        results.add(result);
        return result;
    }

    static String ref(Fact fact) {
        return "{{" + fact.id() + "}}";
    }

    static String ref(Optional<Fact> fact) {
        return fact.map(Narration::ref).orElse("–");
    }

    List<String> sentences() {
        return sentences;
    }

    List<ToolResult> results() {
        return results;
    }

    boolean answered() {
        return answered;
    }
}
