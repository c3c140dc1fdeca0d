package dev.coterie.describe;

import com.fasterxml.jackson.databind.JsonNode;
import dev.coterie.error.CancelledException;
import dev.coterie.error.LlmException;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.llm.Inquiry;
import dev.coterie.llm.LanguageModel;
import dev.coterie.llm.Replies;
import dev.coterie.prepare.CustomerText;
import dev.coterie.progress.Progress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the language model word the segments, a few in each call, and takes only what passes every
 * check; the narrator's text stays otherwise, with the reason.
 */
final class ModelWordings {
    private static final Logger log = LoggerFactory.getLogger(ModelWordings.class);
    private static final int BATCH = 4;
    private static final int FAILURES_BEFORE_REST = 2;
    private static final Message REJECTED = Message.of("llm.rejected");
    private static final Set<String> OF_CONTENT =
            Set.of("llm.rejected", "llm.refused_content", "llm.filtered", "llm.shortened");

    /** From this similarity on a segment is so much the same that the model's name for it stays. */
    private static final double HARDLY_CHANGED = 0.8;

    private final LanguageModel model;
    private final Language language;
    private final WordingCheck check;
    private final NamingPrompt prompt;

    /**
     * @param facts of the run, by id
     * @param texts of the run
     */
    ModelWordings(
            LanguageModel model,
            Language language,
            Map<String, Fact> facts,
            List<CustomerText> texts) {
        this.model = model;
        this.language = language;
        this.check = new WordingCheck(language, facts, texts);
        this.prompt =
                new NamingPrompt(
                        SegmentNamer.over(model.chat(LanguageModel.Purpose.NAMING)),
                        language,
                        facts);
    }

    /** What is known of one segment while the model words it. */
    private static final class Task {
        final SegmentDescriber.Draft draft;
        final Wording narrated;
        Optional<Wording> chosen = Optional.empty();
        Message reason = REJECTED;

        Task(SegmentDescriber.Draft draft, Wording narrated) {
            this.draft = draft;
            this.narrated = narrated;
        }

        String id() {
            return NamingPrompt.id(draft);
        }
    }

    /**
     * Replaces the narrator's wording of the model's language, batch by batch.
     *
     * @param earlier by cluster what it was called before
     */
    void replace(
            List<SegmentDescriber.Draft> drafts,
            List<Map<Language, Wording>> wordings,
            Map<Integer, EarlierWording.Kept> earlier,
            Progress progress) {
        var names = new LinkedHashMap<Integer, String>();
        for (int c = 0; c < drafts.size(); c++) names.put(c, wordings.get(c).get(language).name());
        var reserved = new HashSet<String>();
        earlier.values().stream()
                .flatMap(kept -> kept.earlier().human().stream())
                .forEach(human -> reserved.add(Names.identity(human)));
        int batches = (drafts.size() + BATCH - 1) / BATCH;
        var budget = new Inquiry.CallBudget(batches);
        int failures = 0;
        Message away = REJECTED;
        for (int from = 0; from < drafts.size(); from += BATCH) {
            progress.checkCancelled();
            var tasks = new ArrayList<Task>();
            for (int c = from; c < Math.min(drafts.size(), from + BATCH); c++) {
                tasks.add(new Task(drafts.get(c), wordings.get(c).get(language)));
            }
            if (failures < FAILURES_BEFORE_REST) {
                Optional<Message> failed = word(tasks, names, reserved, budget, true);
                failures = failed.isPresent() ? failures + 1 : 0;
                away = failed.orElse(away);
            } else {
                for (Task task : tasks) task.reason = away;
            }
            for (Task task : tasks) {
                int c = task.draft.number() - 1;
                Wording wording = task.chosen.orElseGet(() -> narrated(task));
                names.remove(c);
                Set<String> taken = taken(names, reserved);
                wording =
                        stays(Optional.ofNullable(earlier.get(c)), taken)
                                .map(wording::named)
                                .orElse(wording);
                names.put(c, wording.name());
                wordings.get(c).put(language, wording);
            }
        }
    }

    private static Set<String> taken(Map<Integer, String> names, Set<String> reserved) {
        var taken = new HashSet<>(reserved);
        names.values().forEach(n -> taken.add(Names.identity(n)));
        return taken;
    }

    private static Wording narrated(Task task) {
        return new Wording(
                task.narrated.name(),
                task.narrated.who(),
                task.narrated.sentences(),
                Writer.BUILTIN,
                Optional.empty(),
                Optional.of(task.reason));
    }

    /** The name that a segment had, if it is locked or the model's own and hardly changed. */
    private Optional<String> stays(Optional<EarlierWording.Kept> kept, Set<String> taken) {
        return kept.filter(
                        k ->
                                k.earlier().locked()
                                        || k.earlier().byModel(language)
                                                && k.similarity() >= HARDLY_CHANGED)
                .flatMap(k -> k.earlier().name(language))
                .filter(name -> Names.valid(name, language))
                .filter(name -> !taken.contains(Names.identity(name)));
    }

    /**
     * Words a batch. A batch that the model will not write is split once, so that one text cannot
     * spoil the names of all.
     *
     * @return why the endpoint failed, if it did
     */
    private Optional<Message> word(
            List<Task> tasks,
            Map<Integer, String> names,
            Set<String> reserved,
            Inquiry.CallBudget budget,
            boolean split) {
        boolean whole = split && tasks.size() > 1;
        try {
            int texts = tasks.stream().mapToInt(t -> t.draft.quotes().size()).sum();
            new Inquiry(budget, split && !whole ? 2 : 0)
                    .ask(
                            texts,
                            p -> prompt.send(pending(tasks), siblings(tasks, names), p),
                            (spoken, last) -> read(spoken, last, tasks, names, reserved));
            return Optional.empty();
        } catch (CancelledException e) {
            throw e;
        } catch (LlmException e) {
            String key = e.message().key();
            if (whole && (key.equals("llm.filtered") || key.equals("llm.refused_content"))) {
                int half = tasks.size() / 2;
                word(tasks.subList(0, half), names, reserved, budget, false);
                word(tasks.subList(half, tasks.size()), names, reserved, budget, false);
                return Optional.empty();
            }
            // Slow, wrong or away: expected of a language model, and never the end of a run.
            log.warn("describe: language model failed: {}", key);
            tasks.forEach(t -> t.reason = e.message());
            return OF_CONTENT.contains(key) ? Optional.empty() : Optional.of(e.message());
        }
    }

    private static List<SegmentDescriber.Draft> pending(List<Task> tasks) {
        return tasks.stream().filter(t -> t.chosen.isEmpty()).map(t -> t.draft).toList();
    }

    private static List<String> siblings(List<Task> tasks, Map<Integer, String> names) {
        var others = new LinkedHashMap<>(names);
        for (Task t : tasks) if (t.chosen.isEmpty()) others.remove(t.draft.number() - 1);
        return new ArrayList<>(others.values());
    }

    /** Takes the words of every segment that has none yet; the reply's order does not count. */
    private Inquiry.Reading<Boolean> read(
            String spoken,
            boolean last,
            List<Task> tasks,
            Map<Integer, String> names,
            Set<String> reserved) {
        Optional<JsonNode> reply = Replies.object(spoken);
        if (reply.isEmpty()) {
            return last ? done() : Inquiry.Reading.wrong("It was not the JSON object asked for.");
        }
        JsonNode list = reply.get().path("segments");
        var byId = new LinkedHashMap<String, JsonNode>();
        for (JsonNode each : list) {
            String id = each.path("id").asText("");
            if (byId.put(id, each) != null) {
                if (last) return done();
                return Inquiry.Reading.wrong("Two segments had the id " + Spotlight.label(id));
            }
        }
        var problems = new ArrayList<String>();
        if (!list.isArray()) problems.add("The field segments is missing or is no list.");
        for (Task task : tasks) {
            if (task.chosen.isPresent()) continue;
            JsonNode words = byId.get(task.id());
            String problem =
                    words == null
                            ? "It is missing in the reply."
                            : take(task, words, last, names, reserved);
            if (!problem.isEmpty()) problems.add(task.id() + ": " + problem);
        }
        return problems.isEmpty() || last
                ? done()
                : Inquiry.Reading.wrong(String.join(" ", problems));
    }

    private static Inquiry.Reading<Boolean> done() {
        return Inquiry.Reading.of(true);
    }

    private String take(
            Task task,
            JsonNode words,
            boolean last,
            Map<Integer, String> names,
            Set<String> reserved) {
        var others = new LinkedHashMap<>(names);
        int own = task.draft.number() - 1;
        others.remove(own);
        WordingCheck.Usable usable =
                check.read(words, task.draft, task.narrated, taken(others, reserved));
        boolean enough = !usable.sentences().isEmpty() && (usable.name().isPresent() || last);
        if (!enough) return usable.problem();
        String name = usable.name().orElse(task.narrated.name());
        names.put(own, name);
        task.chosen =
                Optional.of(
                        new Wording(
                                name,
                                usable.who().orElse(task.narrated.who()),
                                usable.sentences(),
                                Writer.LLM,
                                Optional.of(model.name()),
                                Optional.empty()));
        return "";
    }
}
