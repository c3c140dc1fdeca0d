package dev.coterie.describe;

import com.fasterxml.jackson.databind.JsonNode;
import dev.coterie.llm.AskAgain;
import dev.coterie.llm.Inquiry;
import dev.coterie.llm.Replies;
import dev.coterie.proof.Spotlight;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes from a reply the words of every segment that has none yet; its order does not count. */
final class NamingReply {
    private final WordingCheck check;
    private final AskAgain again;
    private final String model;
    private final String prompt;

    /**
     * @param model its name
     * @param prompt version of the prompt
     */
    NamingReply(WordingCheck check, AskAgain again, String model, String prompt) {
        this.check = check;
        this.again = again;
        this.model = model;
        this.prompt = prompt;
    }

    /**
     * @param last true if it is not asked again: what can be used must be taken
     * @param names of all segments by cluster; those taken take their place
     */
    Inquiry.Reading<Boolean> read(
            String spoken, boolean last, List<NamingTask> tasks, TakenNames names) {
        Optional<JsonNode> reply = Replies.object(spoken);
        if (reply.isEmpty()) return last ? done() : Inquiry.Reading.wrong(again.say("not_json"));
        JsonNode list = reply.get().path("segments");
        var byId = new LinkedHashMap<String, JsonNode>();
        for (JsonNode each : list) {
            String id = each.path("id").asText("");
            if (byId.put(id, each) != null) {
                if (last) return done();
                return Inquiry.Reading.wrong(
                        again.say("double_id", Map.of("id", Spotlight.label(id))));
            }
        }
        var problems = new ArrayList<String>();
        if (!list.isArray()) problems.add(again.say("no_list"));
        for (NamingTask task : tasks) {
            if (task.chosen.isPresent()) continue;
            JsonNode words = byId.get(task.id());
            String problem = words == null ? again.say("missing") : take(task, words, last, names);
            if (!problem.isEmpty()) {
                problems.add(again.say("of_segment", Map.of("id", task.id(), "problem", problem)));
            }
        }
        return problems.isEmpty() || last
                ? done()
                : Inquiry.Reading.wrong(String.join(" ", problems));
    }

    private static Inquiry.Reading<Boolean> done() {
        return Inquiry.Reading.of(true);
    }

    private String take(NamingTask task, JsonNode words, boolean last, TakenNames names) {
        WordingCheck.Usable usable =
                check.read(words, task.draft, task.narrated, names.besides(task.cluster()));
        boolean enough = !usable.sentences().isEmpty() && (usable.name().isPresent() || last);
        if (!enough) return usable.problem();
        String name = usable.name().orElse(task.narrated.name());
        names.put(task.cluster(), name);
        task.chosen =
                Optional.of(
                        new Wording(
                                name,
                                usable.who().orElse(task.narrated.who()),
                                usable.sentences(),
                                Writer.LLM,
                                Optional.of(model),
                                Optional.of(prompt),
                                Optional.empty()));
        return "";
    }
}
