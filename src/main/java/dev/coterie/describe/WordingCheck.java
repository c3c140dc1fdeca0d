package dev.coterie.describe;

import com.fasterxml.jackson.databind.JsonNode;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.llm.AskAgain;
import dev.coterie.prepare.CustomerText;
import dev.coterie.proof.Fact;
import dev.coterie.proof.ReplyGate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes from a model's words about one segment what may be shown. */
final class WordingCheck {
    private static final int MOST_SENTENCES = 6;
    private static final int LONGEST_TERM = 30;

    private final Language language;
    private final Map<String, Fact> facts;
    private final NameGate names;
    private final AskAgain again;

    WordingCheck(
            Language language, Map<String, Fact> facts, List<CustomerText> texts, AskAgain again) {
        this.language = language;
        this.facts = facts;
        this.names = new NameGate(language, texts);
        this.again = again;
    }

    /**
     * What can be used of one segment's words.
     *
     * @param name empty if it may not be used
     * @param who empty if it may not be used
     * @param problem what was wrong, for the model; empty if nothing needs another try
     */
    record Usable(
            Optional<String> name, Optional<String> who, List<String> sentences, String problem) {}

    /**
     * @param words the object of the reply: name, who, sentences (or one sentence)
     * @param narrated the narrator's words, which are true
     * @param taken identities of the siblings' names
     */
    Usable read(
            JsonNode words,
            SegmentDescriber.Draft draft,
            Wording narrated,
            Collection<String> taken) {
        NameGate.Support support = support(draft, narrated);
        var problems = new ArrayList<String>();
        Optional<String> name =
                Optional.of(words.path("name"))
                        .filter(JsonNode::isTextual)
                        .map(n -> ReplyGate.cleaned(n.asText()).strip());
        if (name.isEmpty()) problems.add(again.say("no_name"));
        Optional<String> wrong = name.flatMap(n -> names.problem(n, support, taken));
        wrong.ifPresent(key -> problems.add(again.say(key)));
        ReplyGate gate = gate(draft, narrated);
        ReplyGate.Kept kept = gate.keep(text(words));
        List<String> sentences = kept.sentences().stream().limit(MOST_SENTENCES).toList();
        if (sentences.isEmpty()) {
            problems.add(again.say(kept.fault().map(f -> f.key()).orElse("no_sentences")));
        }
        Optional<String> who =
                Optional.of(ReplyGate.cleaned(words.path("who").asText("")).strip())
                        .filter(w -> !w.isEmpty() && support.carriesMost(w))
                        .filter(w -> gate.fault(w, false).isEmpty());
        return new Usable(
                wrong.isPresent() ? Optional.empty() : name,
                who,
                sentences,
                String.join(" ", problems));
    }

    private static String text(JsonNode words) {
        JsonNode one = words.path("sentence");
        if (one.isTextual()) return one.asText();
        var text = new StringBuilder();
        for (JsonNode s : words.path("sentences")) {
            if (!s.isTextual()) continue;
            if (text.length() > 0) text.append('\n');
            text.append(s.asText().replace('\n', ' '));
        }
        return text.toString();
    }

    private ReplyGate gate(SegmentDescriber.Draft draft, Wording narrated) {
        var vocabulary = new ArrayList<String>();
        vocabulary.add(narrated.name());
        draft.words().forEach(w -> vocabulary.add(w.word()));
        return new ReplyGate(
                language,
                draft.number(),
                facts,
                draft.facts(),
                draft.quotes().stream().map(Quote::text).toList(),
                vocabulary);
    }

    private NameGate.Support support(SegmentDescriber.Draft draft, Wording narrated) {
        var phrases = new ArrayList<String>();
        phrases.add(narrated.name());
        var frequent = new ArrayList<String>();
        long fewest = Math.min(Disclosure.FEWEST, Math.max(2, draft.size() / 4));
        draft.words().stream()
                .filter(w -> w.customers() >= fewest)
                .forEach(w -> frequent.add(w.word()));
        // A column or a value as long as a sentence may be an order; it carries no name.
        draft.facts().stream()
                .flatMap(id -> facts.get(id).measure().arguments().values().stream())
                .map(v -> v instanceof Message m ? m.in(language) : v.toString())
                .filter(v -> v.length() <= LONGEST_TERM)
                .forEach(phrases::add);
        return NameGate.Support.of(phrases, frequent);
    }
}
