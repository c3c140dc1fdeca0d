package dev.coterie.describe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.coterie.error.CancelledException;
import dev.coterie.language.Language;
import dev.coterie.llm.LanguageModel;
import dev.coterie.progress.Progress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the language model word the segments, one call a segment, and takes only what passes every
 * check; the narrator's text stays otherwise, with the reason.
 */
final class ModelWordings {
    private static final Logger log = LoggerFactory.getLogger(ModelWordings.class);
    static final String UNAVAILABLE = "describe.fallback.unavailable";
    static final String REJECTED = "describe.fallback.rejected";
    private static final int FAILURES_BEFORE_REST = 2;
    private static final int MOST_FACTS = 30;

    /** From this similarity on a segment is so much the same that the model's name for it stays. */
    private static final double HARDLY_CHANGED = 0.8;

    private final LanguageModel model;
    private final Language language;
    private final Map<String, Fact> facts;

    ModelWordings(LanguageModel model, Language language, Map<String, Fact> facts) {
        this.model = model;
        this.language = language;
        this.facts = facts;
    }

    /**
     * Replaces the narrator's wording of the model's language, segment by segment.
     *
     * @param earlier by cluster what it was called before
     */
    void replace(
            List<SegmentDescriber.Draft> drafts,
            List<Map<Language, Wording>> wordings,
            Map<Integer, EarlierWording.Kept> earlier,
            Progress progress) {
        Set<String> taken = new HashSet<>();
        for (Map<Language, Wording> w : wordings) taken.add(Names.identity(w.get(language).name()));
        for (EarlierWording.Kept kept : earlier.values()) {
            kept.earlier().human().ifPresent(human -> taken.add(Names.identity(human)));
        }
        int failures = 0;
        for (int c = 0; c < drafts.size(); c++) {
            progress.checkCancelled();
            Wording narrated = wordings.get(c).get(language);
            Wording chosen;
            if (failures >= FAILURES_BEFORE_REST) {
                chosen = fallback(narrated, UNAVAILABLE);
            } else {
                taken.remove(Names.identity(narrated.name()));
                chosen = ask(drafts.get(c), wordings, narrated, taken);
                Optional<String> stays = stays(Optional.ofNullable(earlier.get(c)), taken);
                if (stays.isPresent()) chosen = chosen.named(stays.get());
                failures =
                        chosen.fallback().filter(UNAVAILABLE::equals).isPresent()
                                ? failures + 1
                                : 0;
                taken.add(Names.identity(chosen.name()));
            }
            wordings.get(c).put(language, chosen);
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

    private Wording ask(
            SegmentDescriber.Draft draft,
            List<Map<Language, Wording>> wordings,
            Wording narrated,
            Set<String> taken) {
        String reason = REJECTED;
        try {
            SegmentNamer namer = SegmentNamer.over(model.chat(LanguageModel.Purpose.NAMING));
            var check = new WordingCheck(language, facts, draft.facts(), draft.quotes(), taken);
            String problem = "-";
            for (int attempt = 0; attempt < 2; attempt++) {
                String reply =
                        namer.word(
                                language == Language.CHINESE ? "简体中文" : "English",
                                factLines(draft),
                                quoteLines(draft.quotes()),
                                siblingLines(wordings, draft.number() - 1),
                                "{{f1}}",
                                problem);
                Optional<SegmentNamer.Words> words = parse(reply);
                if (words.isEmpty()) {
                    problem = "The reply was not the JSON object that was asked for.";
                    continue;
                }
                List<String> problems = check.problems(words.get());
                if (problems.isEmpty()) {
                    return new Wording(
                            words.get().name().strip(),
                            words.get().who().strip(),
                            words.get().sentences(),
                            Writer.LLM,
                            Optional.of(model.name()),
                            Optional.empty());
                }
                problem = String.join(" ", problems);
            }
        } catch (CancelledException e) {
            throw e;
        } catch (RuntimeException e) {
            // Slow, wrong or away: expected of a language model, and never the end of a run.
            log.warn(
                    "describe: language model failed for segment {}: {}",
                    draft.number(),
                    e.getClass().getSimpleName());
            reason = UNAVAILABLE;
        }
        return fallback(narrated, reason);
    }

    private static Wording fallback(Wording narrated, String reason) {
        return new Wording(
                narrated.name(),
                narrated.who(),
                narrated.sentences(),
                Writer.BUILTIN,
                Optional.empty(),
                Optional.of(reason));
    }

    private String factLines(SegmentDescriber.Draft draft) {
        var lines = new StringBuilder();
        int told = 0;
        for (String id : draft.facts()) {
            Fact fact = facts.get(id);
            boolean small = fact.unit() == Fact.Unit.COUNT && fact.value() < Themes.fewest(60);
            if (small && !id.equals(draft.named().get("size")) || told++ == MOST_FACTS) continue;
            lines.append(id)
                    .append(" | ")
                    .append(frame(fact.label().in(language)))
                    .append(" | ")
                    .append(fact.filter().in(language))
                    .append(" | ")
                    .append(Figures.show(fact, language))
                    .append('\n');
        }
        return lines.toString();
    }

    private static String quoteLines(List<Quote> quotes) {
        var lines = new StringBuilder();
        for (Quote quote : quotes) {
            lines.append(quote.kind().word()).append(": ").append(frame(quote.text())).append('\n');
        }
        return lines.length() == 0 ? "-" : lines.toString();
    }

    /** Customer text as data: one line, without braces, angle brackets or control characters. */
    static String frame(String text) {
        return PersonalData.mask(text)
                .replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+", " ")
                .replaceAll("[{}<>|]", " ")
                .replaceAll("\\s+", " ")
                .strip();
    }

    private String siblingLines(List<Map<Language, Wording>> wordings, int self) {
        var names = new ArrayList<String>();
        for (int c = 0; c < wordings.size() && names.size() < 40; c++) {
            if (c != self) names.add(wordings.get(c).get(language).name());
        }
        return names.isEmpty() ? "-" : String.join("; ", names);
    }

    /** Reads the object out of a reply that may think aloud, fence it or lead up to it. */
    static Optional<SegmentNamer.Words> parse(String reply) {
        if (reply == null) return Optional.empty();
        String text = reply.replaceAll("(?s)<think>.*?</think>", " ");
        int start = text.indexOf('{');
        int end = text.lastIndexOf('}');
        if (start < 0 || end <= start) return Optional.empty();
        try {
            JsonNode node = new ObjectMapper().readTree(text.substring(start, end + 1));
            var sentences = new ArrayList<String>();
            node.path("sentences").forEach(s -> sentences.add(s.asText("").strip()));
            String name = node.path("name").asText("");
            String who = node.path("who").asText("");
            if (name.isBlank() || who.isBlank() || sentences.isEmpty()) return Optional.empty();
            return Optional.of(new SegmentNamer.Words(name, who, sentences));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
