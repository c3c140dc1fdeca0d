package dev.coterie.describe;

import dev.coterie.language.Language;
import dev.coterie.llm.Inquiry;
import dev.coterie.llm.TaskPrompt;
import dev.coterie.proof.Fact;
import dev.coterie.proof.Figures;
import dev.coterie.proof.Spotlight;
import dev.langchain4j.model.chat.ChatModel;
import java.util.List;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;

/** Writes out what a model may see of segments that it names. */
final class NamingPrompt {
    private static final int MOST_FACTS = 24;
    private static final int MOST_WORDS = 12;
    private static final int MOST_SIBLINGS = 40;

    private final ChatModel model;
    private final TaskPrompt told;
    private final Language language;
    private final Map<String, Fact> facts;

    NamingPrompt(ChatModel model, Language language, Map<String, Fact> facts) {
        this.model = model;
        this.told = told(language);
        this.language = language;
        this.facts = facts;
    }

    /** What a model is told that names segments in a language. */
    static TaskPrompt told(Language language) {
        return new TaskPrompt("name-segments", language);
    }

    String version() {
        return told.version();
    }

    /** The facts of a segment that a model may see. */
    List<Fact> shown(SegmentDescriber.Draft draft) {
        return draft.facts().stream()
                .map(facts::get)
                .filter(f -> !small(f))
                .limit(MOST_FACTS)
                .toList();
    }

    /**
     * Names what a model sees of a segment: two segments with the same fingerprint get the same
     * words. The numbers of segments and facts, which change from run to run, are no part of it.
     */
    String fingerprint(SegmentDescriber.Draft draft, String name) {
        var seen = new StringBuilder();
        seen.append(name).append('\n').append(version()).append('\n');
        for (String id : draft.facts()) {
            Fact f = facts.get(id);
            seen.append(f.label().in(language)).append('|').append(f.value()).append('|');
            seen.append(f.unit()).append('|').append(f.n()).append('|');
            seen.append(f.filter().key()).append('|').append(f.formula().in(language)).append('\n');
        }
        draft.words().forEach(w -> seen.append(w.word()).append('|').append(w.customers()));
        draft.quotes().forEach(q -> seen.append('\n').append(q.text()));
        return DigestUtils.sha256Hex(seen.toString());
    }

    static String id(SegmentDescriber.Draft draft) {
        return "seg_" + draft.number();
    }

    /** Each prompt has marks of its own. */
    String send(List<SegmentDescriber.Draft> drafts, List<String> siblings, Inquiry.Prompt p) {
        var spotlight = new Spotlight(language);
        var segments = new StringBuilder();
        int each = drafts.isEmpty() ? 0 : p.texts() / drafts.size();
        int more = drafts.isEmpty() ? 0 : p.texts() % drafts.size();
        for (SegmentDescriber.Draft draft : drafts) {
            segment(draft, spotlight, each + (more-- > 0 ? 1 : 0), segments);
        }
        return model.chat(
                told.fill(
                        Map.of(
                                "segments", segments.toString(),
                                "siblings", siblings(siblings),
                                "open", spotlight.open(),
                                "close", spotlight.close(),
                                "reference", "{{f1}}",
                                "problem", p.problem().isEmpty() ? "-" : p.problem())));
    }

    private void segment(
            SegmentDescriber.Draft draft, Spotlight spotlight, int texts, StringBuilder out) {
        out.append(told.again().say("segment", Map.of("id", id(draft)))).append('\n');
        shown(draft).forEach(f -> fact(f, out));
        List<String> words =
                draft.words().stream()
                        .filter(w -> w.customers() >= Disclosure.FEWEST)
                        .limit(MOST_WORDS)
                        .map(w -> Spotlight.label(w.word()))
                        .toList();
        if (!words.isEmpty()) {
            String line = String.join(", ", words);
            out.append(told.again().say("words", Map.of("words", line))).append('\n');
        }
        // A text must not be the only sign of a group that is too small to be told of.
        if (draft.size() >= Disclosure.FEWEST) {
            Spotlight.distinct(draft.quotes().stream().map(Quote::text).toList()).stream()
                    .limit(texts)
                    .forEach(t -> out.append(spotlight.framed(t)).append('\n'));
        }
        out.append('\n');
    }

    private static boolean small(Fact fact) {
        boolean few = fact.unit() == Fact.Unit.COUNT && fact.value() < Disclosure.FEWEST;
        return few || fact.n() < Disclosure.FEWEST;
    }

    private void fact(Fact fact, StringBuilder out) {
        out.append(fact.id())
                .append(" | ")
                .append(Spotlight.label(fact.label().in(language)))
                .append(" | ")
                .append(Spotlight.label(fact.filter().in(language)))
                .append(" | ")
                .append(Figures.shared(fact, language, Disclosure.FEWEST))
                .append('\n');
    }

    private static String siblings(List<String> names) {
        if (names.isEmpty()) return "-";
        return String.join(
                "; ", names.stream().limit(MOST_SIBLINGS).map(Spotlight::label).toList());
    }
}
