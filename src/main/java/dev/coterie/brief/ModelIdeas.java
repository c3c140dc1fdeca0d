package dev.coterie.brief;

import com.fasterxml.jackson.databind.JsonNode;
import dev.coterie.brief.Brief.Item;
import dev.coterie.brief.Brief.Key;
import dev.coterie.brief.Brief.Source;
import dev.coterie.describe.Disclosure;
import dev.coterie.describe.Quote;
import dev.coterie.describe.SegmentProfile;
import dev.coterie.describe.Writer;
import dev.coterie.error.CancelledException;
import dev.coterie.error.LlmException;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.llm.AskAgain;
import dev.coterie.llm.Inquiry;
import dev.coterie.llm.LanguageModel;
import dev.coterie.llm.Replies;
import dev.coterie.llm.TaskPrompt;
import dev.coterie.proof.Fact;
import dev.coterie.proof.Figures;
import dev.coterie.proof.References;
import dev.coterie.proof.ReplyGate;
import dev.coterie.proof.Spotlight;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets a language model word the hypotheses of a brief, and takes out what fails the checks. */
final class ModelIdeas {
    private static final Logger log = LoggerFactory.getLogger(ModelIdeas.class);
    private static final List<String> FIELDS = List.of("offers", "messages", "conduct");

    /** The sections that a model may word. */
    static final Set<Key> WORDED = Set.of(Key.OFFER, Key.MESSAGES, Key.DO_DONT);

    private static final int MOST_FACTS = 30;
    private static final int MOST_IDEAS = 6;

    private final Optional<LanguageModel> model;
    private final BriefRequest request;
    private final SegmentProfile segment;
    private final BriefFacts facts;
    private final Statements say;
    private final TaskPrompt told;
    private final AskAgain again;

    ModelIdeas(
            Optional<LanguageModel> model,
            BriefRequest request,
            SegmentProfile segment,
            BriefFacts facts,
            Statements say) {
        this.model = model.filter(m -> request.preferred() == Writer.LLM);
        this.request = request;
        this.segment = segment;
        this.facts = facts;
        this.say = say;
        this.told = new TaskPrompt("write-brief", request.language());
        this.again = told.again();
    }

    /**
     * Who wrote the hypotheses in the end.
     *
     * @param written the sections that the model worded
     * @param prompt version of what it was told
     */
    record Outcome(
            Writer writer,
            Optional<String> model,
            Optional<Message> fallback,
            int removed,
            Set<Key> written,
            String prompt) {
        /** The prompt under which a section was written, if the model wrote it. */
        Optional<String> prompt(Key key) {
            return written.contains(key) ? Optional.of(prompt) : Optional.empty();
        }
    }

    private Outcome narrated(Optional<Message> fallback) {
        return new Outcome(Writer.BUILTIN, Optional.empty(), fallback, 0, Set.of(), told.version());
    }

    Outcome replace(Map<Key, List<Item>> items, String goal) {
        if (model.isEmpty()) return narrated(Optional.empty());
        // Another model may be chosen while this one writes.
        String name = model.get().name();
        try {
            Checked ideas =
                    new Inquiry(new Inquiry.CallBudget(1), again, 2)
                            .ask(
                                    segment.quotes().size(),
                                    p -> ask(goal, p),
                                    (spoken, last) -> read(spoken));
            Set<Key> written = EnumSet.noneOf(Key.class);
            if (!ideas.offers().isEmpty()) {
                items.put(Key.OFFER, ideas.offers());
                written.add(Key.OFFER);
            }
            if (!ideas.messages().isEmpty()) {
                written.add(Key.MESSAGES);
                ideas.messages().add(say.hypothesis("message.avoid"));
                items.put(Key.MESSAGES, ideas.messages());
            }
            if (!ideas.conduct().isEmpty()) {
                written.add(Key.DO_DONT);
                // Consent and fairness are ours to say, whatever the model left out.
                ideas.conduct().addAll(fixedConduct());
                items.put(Key.DO_DONT, ideas.conduct());
            }
            return new Outcome(
                    Writer.LLM,
                    Optional.of(name),
                    Optional.empty(),
                    ideas.removed(),
                    written,
                    told.version());
        } catch (CancelledException e) {
            throw e;
        } catch (LlmException e) {
            // Slow, wrong or away: the narrator's ideas are in place already.
            log.warn("brief: language model failed: {}", e.message().key());
            return narrated(Optional.of(e.message()));
        }
    }

    private List<Item> fixedConduct() {
        return List.of(
                say.hypothesis("do.consent"),
                say.hypothesis("dont.sensitive"),
                say.blank("human.legal"));
    }

    private String ask(String goal, Inquiry.Prompt prompt) {
        Language language = request.language();
        var spotlight = new Spotlight(language);
        var lines = new StringBuilder();
        segment.facts().stream()
                .map(id -> facts.all().get(id))
                .filter(f -> f.n() >= Disclosure.FEWEST)
                .filter(f -> f.unit() != Fact.Unit.COUNT || f.value() >= Disclosure.FEWEST)
                .limit(MOST_FACTS)
                .forEach(
                        f -> {
                            lines.append(f.id()).append(" | ");
                            lines.append(Spotlight.label(f.label().in(language))).append(" | ");
                            lines.append(Spotlight.label(f.filter().in(language))).append(" | ");
                            lines.append(Figures.shared(f, language, Disclosure.FEWEST))
                                    .append('\n');
                        });
        var quotes = new StringBuilder();
        if (segment.size() >= Disclosure.FEWEST) {
            Spotlight.distinct(segment.quotes().stream().map(Quote::text).toList()).stream()
                    .limit(prompt.texts())
                    .forEach(t -> quotes.append(spotlight.framed(t)).append('\n'));
        }
        var wording = segment.wording(language);
        String text =
                told.fill(
                        Map.of(
                                "goal", Message.of("brief.goal." + goal).in(language),
                                "segment", Spotlight.shown(wording.name() + ". " + wording.who()),
                                "facts", lines.toString(),
                                "quotes", quotes.length() == 0 ? "-" : quotes.toString(),
                                "open", spotlight.open(),
                                "close", spotlight.close(),
                                "reference", "{{f1}}",
                                "problem", prompt.problem().isEmpty() ? "-" : prompt.problem()));
        return model.orElseThrow().chat(LanguageModel.Purpose.BRIEF).chat(text);
    }

    /** The ideas that passed the checks. */
    private record Checked(
            List<Item> offers, List<Item> messages, List<Item> conduct, int removed) {
        boolean empty() {
            return offers.isEmpty() && messages.isEmpty();
        }
    }

    /** A reply that is no object is read as plain sentences, which become messages. */
    private Inquiry.Reading<Checked> read(String spoken) {
        ReplyGate gate = gate();
        Optional<JsonNode> object =
                Replies.object(spoken).filter(o -> FIELDS.stream().anyMatch(o::has));
        var problems = new ArrayList<String>();
        Checked checked;
        if (object.isPresent()) {
            var removed = new ArrayList<String>();
            checked =
                    new Checked(
                            ideas(object.get(), "offers", true, gate, removed, problems),
                            ideas(object.get(), "messages", true, gate, removed, problems),
                            ideas(object.get(), "conduct", false, gate, removed, problems),
                            removed.size());
        } else {
            ReplyGate.Kept kept = gate.keep(spoken);
            kept.fault().ifPresent(f -> problems.add(again.say(f.key())));
            var messages = new ArrayList<Item>();
            kept.sentences().forEach(s -> messages.add(item(s)));
            checked = new Checked(List.of(), messages, List.of(), kept.removed().size());
        }
        if (!checked.empty()) return Inquiry.Reading.of(checked);
        return Inquiry.Reading.wrong(problems.isEmpty() ? again.say("empty") : problems.get(0));
    }

    private ReplyGate gate() {
        var vocabulary = new ArrayList<String>();
        segment.wordings().values().forEach(w -> vocabulary.add(w.name()));
        segment.words().forEach(w -> vocabulary.add(w.word()));
        return new ReplyGate(
                request.language(),
                segment.number(),
                facts.all(),
                segment.facts(),
                segment.quotes().stream().map(Quote::text).toList(),
                vocabulary);
    }

    /** Ideas of one field; each must be tied to a fact, rules of conduct apart. */
    private List<Item> ideas(
            JsonNode object,
            String field,
            boolean founded,
            ReplyGate gate,
            List<String> removed,
            List<String> problems) {
        var items = new ArrayList<Item>();
        for (JsonNode each : object.path(field)) {
            if (!each.isTextual() || items.size() == MOST_IDEAS) continue;
            String text = ReplyGate.cleaned(each.asText()).strip();
            if (text.isEmpty()) continue;
            Optional<ReplyGate.Fault> fault = gate.fault(text, founded);
            if (fault.isEmpty()) {
                items.add(item(text));
            } else {
                removed.add(text);
                problems.add(again.say(fault.get().key()));
            }
        }
        return items;
    }

    private static Item item(String text) {
        return new Item(text, Source.HYPOTHESIS, List.of(), References.ids(text));
    }
}
