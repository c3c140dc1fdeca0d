package dev.coterie.describe;

import dev.coterie.error.CancelledException;
import dev.coterie.error.LlmException;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.llm.AskAgain;
import dev.coterie.llm.Inquiry;
import dev.coterie.llm.LanguageModel;
import dev.coterie.prepare.CustomerText;
import dev.coterie.progress.Progress;
import dev.coterie.proof.Fact;
import dev.coterie.proof.Spotlight;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the language model word the segments, a few in each call, and takes only what passes every
 * check; the narrator's text stays otherwise, with the reason. A segment whose facts the model has
 * worded before is not asked again. For one run; not thread-safe.
 */
final class ModelWordings {
    private static final Logger log = LoggerFactory.getLogger(ModelWordings.class);
    private static final int FACTS_NAMED = 3;
    private static final int BATCH = 4;
    private static final int FAILURES_BEFORE_REST = 2;
    private static final Message REJECTED = Message.of("llm.rejected");
    private static final Set<String> OF_CONTENT =
            Set.of("llm.rejected", "llm.refused_content", "llm.filtered", "llm.shortened");

    /** From this similarity on a segment is so much the same that the model's name for it stays. */
    private static final double HARDLY_CHANGED = 0.8;

    private final LanguageModel model;
    private final Language language;
    private final Map<String, Fact> facts;
    private final WordingCache cache;
    private final AskAgain sentences;
    private final NamingReply reply;
    private final NamingPrompt prompt;
    private final String version;
    private final Map<Integer, NamingTask> tasks = new LinkedHashMap<>();
    private Inquiry.CallBudget budget = new Inquiry.CallBudget(0);

    /**
     * @param facts of the run, by id
     * @param texts of the run
     * @param cache what was paid for before
     */
    ModelWordings(
            LanguageModel model,
            Language language,
            Map<String, Fact> facts,
            List<CustomerText> texts,
            WordingCache cache) {
        this.model = model;
        this.language = language;
        this.facts = facts;
        this.cache = cache;
        this.prompt = new NamingPrompt(model.chat(LanguageModel.Purpose.NAMING), language, facts);
        this.sentences = NamingPrompt.told(language).again();
        this.version = prompt.version();
        this.reply =
                new NamingReply(
                        new WordingCheck(language, facts, texts, sentences),
                        sentences,
                        model.name(),
                        version);
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
        var narrated = new LinkedHashMap<Integer, String>();
        for (int c = 0; c < drafts.size(); c++) {
            narrated.put(c, wordings.get(c).get(language).name());
        }
        var names =
                new TakenNames(
                        narrated,
                        earlier.values().stream()
                                .flatMap(k -> k.earlier().human().stream())
                                .toList());
        var open = new ArrayList<NamingTask>();
        for (SegmentDescriber.Draft draft : drafts) {
            Wording own = wordings.get(draft.number() - 1).get(language);
            var task =
                    new NamingTask(draft, own, prompt.fingerprint(draft, model.name()), REJECTED);
            tasks.put(draft.number(), task);
            if (!recall(task, names)) open.add(task);
        }
        word(open, names, progress);
        for (NamingTask task : tasks.values()) {
            var kept = Optional.ofNullable(earlier.get(task.cluster()));
            Optional<String> name = stays(kept, names.besides(task.cluster()));
            task.keepsName = name.isPresent();
            Wording wording = task.chosen.orElseGet(() -> task.narrated.because(task.reason));
            wording = name.map(wording::named).orElse(wording);
            names.put(task.cluster(), wording.name());
            wordings.get(task.cluster()).put(language, wording);
        }
    }

    /** Takes what the model wrote before about the same facts, unless a sibling has the name. */
    private boolean recall(NamingTask task, TakenNames names) {
        Optional<WordingCache.Words> known =
                cache.find(task.fingerprint)
                        .filter(
                                w ->
                                        !names.besides(task.cluster())
                                                .contains(Names.identity(w.name())));
        known.ifPresent(
                words -> {
                    task.chosen = Optional.of(task.wording(words, model.name(), version));
                    task.again = words.again();
                    names.put(task.cluster(), words.name());
                });
        return known.isPresent();
    }

    private void word(List<NamingTask> open, TakenNames names, Progress progress) {
        budget = new Inquiry.CallBudget((open.size() + BATCH - 1) / BATCH);
        int failures = 0;
        Message away = REJECTED;
        for (int from = 0; from < open.size(); from += BATCH) {
            progress.checkCancelled();
            List<NamingTask> batch = open.subList(from, Math.min(open.size(), from + BATCH));
            if (failures >= FAILURES_BEFORE_REST) {
                for (NamingTask task : batch) task.reason = away;
                continue;
            }
            Optional<Message> failed = word(batch, "", names, true);
            failures = failed.isPresent() ? failures + 1 : 0;
            away = failed.orElse(away);
            for (NamingTask task : batch) {
                task.chosen.ifPresent(w -> cache.keep(task.fingerprint, task.words(w, false)));
            }
        }
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
     * Asks once more for the words of segments that the blind check found weak, with the segment
     * that each is mistaken for. Those that go by an earlier name or were asked before are left.
     *
     * @param names of all segments, by number 1..k
     * @return the new words, by number 1..k
     */
    Map<Integer, Wording> again(
            List<NameCheck.Confusion> weak, Map<Integer, String> names, Progress progress) {
        var byCluster = new LinkedHashMap<Integer, String>();
        names.forEach((number, name) -> byCluster.put(number - 1, name));
        var taken = new TakenNames(byCluster, List.of());
        List<NameCheck.Confusion> asked =
                weak.stream().filter(c -> mayAskAgain(tasks.get(c.number()))).toList();
        var out = new LinkedHashMap<Integer, Wording>();
        for (int from = 0; from < asked.size(); from += BATCH) {
            progress.checkCancelled();
            var batch = new ArrayList<NamingTask>();
            var wanting = new ArrayList<String>();
            for (var each : asked.subList(from, Math.min(asked.size(), from + BATCH))) {
                NamingTask task = tasks.get(each.number());
                task.again = true;
                batch.add(new NamingTask(task.draft, task.narrated, task.fingerprint, REJECTED));
                wanting.add(wanting(each, names));
            }
            if (word(batch, String.join("\n", wanting), taken, false).isPresent()) break;
            for (NamingTask task : batch) {
                task.chosen.ifPresent(w -> out.put(task.draft.number(), w));
            }
        }
        return out;
    }

    private static boolean mayAskAgain(NamingTask task) {
        return task.chosen.isPresent() && !task.again && !task.keepsName;
    }

    /** Keeps the words that the blind check decided for, so that the next run need not ask. */
    void settle(int number, Wording wording) {
        NamingTask task = tasks.get(number);
        cache.keep(task.fingerprint, task.words(wording, true));
    }

    /** What a segment's words lack, in the words of the prompt. */
    private String wanting(NameCheck.Confusion confusion, Map<Integer, String> names) {
        NamingTask task = tasks.get(confusion.number());
        var out = new ArrayList<String>();
        out.add(
                confusion
                        .sibling()
                        .map(
                                s ->
                                        sentences.say(
                                                "confused",
                                                Map.of(
                                                        "id",
                                                        task.id(),
                                                        "sibling",
                                                        Spotlight.label(names.get(s)))))
                        .orElseGet(() -> sentences.say("confused_all", Map.of("id", task.id()))));
        List<String> apart = shown(confusion.apart(), task);
        List<String> alike = new ArrayList<>(confusion.alike());
        alike.removeAll(apart);
        say("alike", shown(alike, task), out);
        say("apart", apart, out);
        return String.join(" ", out);
    }

    /** Of some facts the first few that the prompt has shown. */
    private List<String> shown(List<String> ids, NamingTask task) {
        Set<String> shown = Set.copyOf(prompt.shown(task.draft).stream().map(Fact::id).toList());
        return ids.stream().filter(shown::contains).limit(FACTS_NAMED).toList();
    }

    private void say(String key, List<String> ids, List<String> out) {
        if (ids.isEmpty()) return;
        String facts =
                ids.stream()
                        .map(id -> id + " (" + Spotlight.label(label(id)) + ")")
                        .collect(Collectors.joining(", "));
        out.add(sentences.say(key, Map.of("facts", facts)));
    }

    private String label(String fact) {
        return facts.get(fact).label().in(language);
    }

    /**
     * Words a batch. A batch that the model will not write is split once, so that one text cannot
     * spoil the names of all.
     *
     * @param wanting what the first prompt says of the words before; empty if there were none
     * @return why the endpoint failed, if it did
     */
    private Optional<Message> word(
            List<NamingTask> batch, String wanting, TakenNames names, boolean split) {
        boolean whole = split && batch.size() > 1;
        try {
            int texts = batch.stream().mapToInt(t -> t.draft.quotes().size()).sum();
            new Inquiry(budget, sentences, split && !whole ? 2 : 0)
                    .ask(
                            texts,
                            wanting,
                            p -> prompt.send(pending(batch), names.siblings(batch), p),
                            (spoken, last) -> reply.read(spoken, last, batch, names));
            return Optional.empty();
        } catch (CancelledException e) {
            throw e;
        } catch (LlmException e) {
            String key = e.message().key();
            if (whole && (key.equals("llm.filtered") || key.equals("llm.refused_content"))) {
                int half = batch.size() / 2;
                word(batch.subList(0, half), wanting, names, false);
                word(batch.subList(half, batch.size()), wanting, names, false);
                return Optional.empty();
            }
            // Slow, wrong or away: expected of a language model, and never the end of a run.
            log.warn("describe: language model failed: {}", key);
            batch.forEach(t -> t.reason = e.message());
            return OF_CONTENT.contains(key) ? Optional.empty() : Optional.of(e.message());
        }
    }

    private static List<SegmentDescriber.Draft> pending(List<NamingTask> batch) {
        return batch.stream().filter(t -> t.chosen.isEmpty()).map(t -> t.draft).toList();
    }
}
