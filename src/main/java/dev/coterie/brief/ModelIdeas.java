package dev.coterie.brief;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.coterie.brief.Brief.Item;
import dev.coterie.brief.Brief.Key;
import dev.coterie.brief.Brief.Source;
import dev.coterie.describe.Fact;
import dev.coterie.describe.Figures;
import dev.coterie.describe.NumberGate;
import dev.coterie.describe.PersonalData;
import dev.coterie.describe.Quote;
import dev.coterie.describe.References;
import dev.coterie.describe.SegmentProfile;
import dev.coterie.describe.Writer;
import dev.coterie.error.CancelledException;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.llm.LanguageModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets a language model word the hypotheses of a brief, and takes out what fails the checks. */
final class ModelIdeas {
    private static final Logger log = LoggerFactory.getLogger(ModelIdeas.class);
    private static final int MOST_FACTS = 30;
    private static final int LONGEST = 600;

    private final Optional<LanguageModel> model;
    private final BriefRequest request;
    private final SegmentProfile segment;
    private final BriefFacts facts;
    private final Sections sections;

    ModelIdeas(
            Optional<LanguageModel> model,
            BriefRequest request,
            SegmentProfile segment,
            BriefFacts facts,
            Sections sections) {
        this.model = model.filter(m -> request.preferred() == Writer.LLM);
        this.request = request;
        this.segment = segment;
        this.facts = facts;
        this.sections = sections;
    }

    /** Who wrote the hypotheses in the end. */
    record Outcome(Writer writer, Optional<String> model, Optional<String> fallback, int removed) {}

    Outcome replace(Map<Key, List<Item>> items, String goal) {
        if (model.isEmpty())
            return new Outcome(Writer.BUILTIN, Optional.empty(), Optional.empty(), 0);
        String reason = "describe.fallback.unavailable";
        int removed = 0;
        try {
            Optional<BriefIdeas.Ideas> ideas = parse(ask(goal));
            reason = "describe.fallback.rejected";
            if (ideas.isPresent()) {
                List<Item> offers = checked(ideas.get().offers());
                List<Item> messages = checked(ideas.get().messages());
                List<Item> conduct = checked(ideas.get().conduct());
                removed =
                        ideas.get().offers().size()
                                - offers.size()
                                + ideas.get().messages().size()
                                - messages.size()
                                + ideas.get().conduct().size()
                                - conduct.size();
                if (!offers.isEmpty() && !messages.isEmpty()) {
                    items.put(Key.OFFER, offers);
                    messages.add(sections.hypothesis("message.avoid"));
                    items.put(Key.MESSAGES, messages);
                    // Consent and fairness are ours to say, whatever the model left out.
                    conduct.addAll(fixedConduct());
                    items.put(Key.DO_DONT, conduct);
                    String name = model.get().name();
                    return new Outcome(Writer.LLM, Optional.of(name), Optional.empty(), removed);
                }
            }
        } catch (CancelledException e) {
            throw e;
        } catch (RuntimeException e) {
            // Slow, wrong or away: the narrator's ideas are in place already.
            log.warn("brief: language model failed: {}", e.getClass().getSimpleName());
        }
        return new Outcome(Writer.BUILTIN, Optional.empty(), Optional.of(reason), removed);
    }

    private List<Item> fixedConduct() {
        return List.of(
                sections.hypothesis("do.consent"),
                sections.hypothesis("dont.sensitive"),
                sections.item(Source.HUMAN, List.of(), "human.legal"));
    }

    private String ask(String goal) {
        Language language = request.language();
        var lines = new StringBuilder();
        for (String id : segment.facts().stream().limit(MOST_FACTS).toList()) {
            Fact f = facts.all().get(id);
            lines.append(id).append(" | ").append(frame(f.label().in(language))).append(" | ");
            lines.append(f.filter().in(language)).append(" | ");
            lines.append(Figures.show(f, language)).append('\n');
        }
        var quotes = new StringBuilder();
        for (Quote q : segment.quotes()) quotes.append("- ").append(frame(q.text())).append('\n');
        var wording = segment.wording(language);
        return BriefIdeas.over(model.orElseThrow().chat(LanguageModel.Purpose.BRIEF))
                .write(
                        language == Language.CHINESE ? "简体中文" : "English",
                        Message.of("brief.goal." + goal).in(language),
                        frame(wording.name() + ". " + wording.who()),
                        lines.toString(),
                        quotes.length() == 0 ? "-" : quotes.toString(),
                        "{{f1}}");
    }

    private static String frame(String text) {
        return PersonalData.mask(text)
                .replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+", " ")
                .replaceAll("[{}<>|]", " ")
                .replaceAll("\\s+", " ")
                .strip();
    }

    /** Ideas whose numbers are references to facts of this segment and that hold no markup. */
    private List<Item> checked(List<String> texts) {
        var items = new ArrayList<Item>();
        for (String text : texts) {
            List<String> ids = References.ids(text);
            boolean known = segment.facts().containsAll(ids);
            List<String> labels =
                    ids.stream()
                            .filter(id -> known)
                            .map(id -> facts.all().get(id))
                            .flatMap(f -> NumberGate.phrases(f, request.language()).stream())
                            .toList();
            String rest = text.replaceAll("\\{\\{\\s*f\\d+\\s*}}", "");
            boolean plain = !rest.matches("(?s).*[<>{}\\p{Cc}].*") && text.length() <= LONGEST;
            boolean clean = NumberGate.offending(text, labels).isEmpty();
            if (known && plain && clean && !text.isBlank())
                items.add(new Item(text, Source.HYPOTHESIS, List.of(), ids));
        }
        return items;
    }

    static Optional<BriefIdeas.Ideas> parse(String reply) {
        if (reply == null) return Optional.empty();
        String text = reply.replaceAll("(?s)<think>.*?</think>", " ");
        int start = text.indexOf('{');
        int end = text.lastIndexOf('}');
        if (start < 0 || end <= start) return Optional.empty();
        try {
            JsonNode node = new ObjectMapper().readTree(text.substring(start, end + 1));
            return Optional.of(
                    new BriefIdeas.Ideas(
                            list(node, "offers"), list(node, "messages"), list(node, "conduct")));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static List<String> list(JsonNode node, String field) {
        var out = new ArrayList<String>();
        for (JsonNode each : node.path(field)) if (out.size() < 6) out.add(each.asText("").strip());
        return out;
    }
}
