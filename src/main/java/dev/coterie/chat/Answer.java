package dev.coterie.chat;

import dev.coterie.describe.Writer;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.proof.Fact;
import dev.coterie.tools.Quotation;
import dev.coterie.tools.Table;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A finished answer.
 *
 * @param text sentences whose figures are references such as {@code {{f12}}}
 * @param facts the facts the text and the tables refer to, by id
 * @param tables at most 50 rows each
 * @param quotes customers' words, masked
 * @param citations one per fact or quote in the text, numbered from 1
 * @param suggestions next questions that this run can answer, or links
 * @param model its name, if it wrote
 * @param prompt version of the prompt that it wrote under
 * @param fallback why the built-in narrator stood in for a model, if it did
 * @param asked what the question was understood as, for the next one to refer to
 */
public record Answer(
        String text,
        Map<String, Fact> facts,
        List<Table> tables,
        List<Quotation> quotes,
        List<Citation> citations,
        Check check,
        List<Suggestion> suggestions,
        Writer writer,
        Optional<String> model,
        Optional<String> prompt,
        Optional<Message> fallback,
        Optional<Asked> asked,
        Language language) {
    public Answer {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
        tables = List.copyOf(tables);
        quotes = List.copyOf(quotes);
        citations = List.copyOf(citations);
        suggestions = List.copyOf(suggestions);
        // Older answers are stored without it.
        if (prompt == null) prompt = Optional.empty();
    }

    /**
     * What a question was understood as.
     *
     * @param intent small letters, such as {@code compare}; {@code unknown} if none fitted
     * @param segments numbers
     * @param topic what quotes, counts or features were asked about; may be empty
     * @param customer row in the customer table, or -1
     */
    public record Asked(String intent, List<Integer> segments, String topic, int customer) {
        public Asked {
            segments = List.copyOf(segments);
        }
    }

    /**
     * A proof mark in the text.
     *
     * @param n from 1, in the order of the text
     * @param evidence id of a fact or of a text
     * @param rows rows behind it
     */
    public record Citation(int n, String evidence, Kind kind, long rows) {
        /** What the proof is. */
        public enum Kind {
            TABLE,
            QUOTE
        }
    }

    /**
     * What the check of the text found.
     *
     * @param figures references in the text
     * @param matched references to known facts
     * @param removed a model's sentences that were taken out: nothing in the data proves them
     * @param caveats stable words such as {@code association_not_cause}
     */
    public record Check(int figures, int matched, List<String> removed, List<String> caveats) {
        /** The caveat of an answer that says the data does not hold what was asked. */
        public static final String NOT_IN_DATA = "not_in_data";

        /** The caveat of an answer that asks which of several things is meant. */
        public static final String ASKS_BACK = "asks_back";

        public Check {
            removed = List.copyOf(removed);
            caveats = List.copyOf(caveats);
        }
    }

    /**
     * What to do next.
     *
     * @param text the question, or the words of the link
     * @param href page relative to the run's own, for a link
     */
    public record Suggestion(String text, Optional<String> href) {
        /** {@code ask} or {@code link}. */
        public String kind() {
            return href.isPresent() ? "link" : "ask";
        }
    }
}
