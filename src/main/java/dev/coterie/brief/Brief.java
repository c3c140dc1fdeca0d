package dev.coterie.brief;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.coterie.describe.Fact;
import dev.coterie.describe.Quote;
import dev.coterie.describe.SegmentRule;
import dev.coterie.describe.Writer;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A marketing brief for one segment. Immutable.
 *
 * @param segment number of the segment, 1..k
 * @param name of the segment
 * @param goal {@code retain}, {@code grow}, {@code win_back} or {@code acquire}
 * @param language of the texts
 * @param writer who worded the hypotheses
 * @param model name of the language model, if one did
 * @param fallback why the narrator stood in for a configured model
 * @param sections all 13, in order
 * @param facts every fact that a sentence refers to, by id
 * @param testPlan if the data has a rate to start from
 * @param segmentRule that finds the members; empty if there is no other segment
 */
public record Brief(
        int segment,
        String name,
        String goal,
        List<String> channels,
        Language language,
        Writer writer,
        Optional<String> model,
        Optional<Message> fallback,
        Checks checks,
        List<Section> sections,
        Map<String, Fact> facts,
        Optional<TestPlan> testPlan,
        Optional<SegmentRule> segmentRule) {
    public Brief {
        channels = List.copyOf(channels);
        sections = List.copyOf(sections);
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }

    public Section section(Key key) {
        return sections.stream().filter(s -> s.key() == key).findFirst().orElseThrow();
    }

    /** The 13 sections in their order. */
    public enum Key {
        HEADLINE,
        SIZE_VALUE,
        WHO,
        PAINS,
        WHEN_WHERE,
        OFFER,
        MESSAGES,
        DO_DONT,
        KPIS,
        TEST_PLAN,
        SELECTION,
        LIMITS,
        EVIDENCE;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What stands behind a statement. */
    public enum Source {
        DATA,
        HYPOTHESIS,
        HUMAN;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param source of most of its items
     */
    public record Section(Key key, Source source, List<Item> items) {
        public Section {
            items = List.copyOf(items);
        }
    }

    /**
     * One statement.
     *
     * @param text figures only as {@code {{f12}}}
     * @param quotes customers' words that show it
     * @param facts ids of the facts behind it, those in the text included
     */
    public record Item(String text, Source source, List<Quote> quotes, List<String> facts) {
        public Item {
            quotes = List.copyOf(quotes);
            facts = List.copyOf(facts);
        }
    }

    /**
     * @param claims statements in all sections
     * @param supported statements with a fact, a quote or a plain "no data"
     * @param hypotheses statements marked as such
     * @param removed sentences of a language model that were taken out
     */
    public record Checks(int claims, int supported, int hypotheses, int removed) {}

    /**
     * Two-proportion test, two-sided.
     *
     * @param baseline rate without the campaign
     * @param minEffect smallest rise worth finding, in share points (0.03 is three points)
     * @param perArm customers needed in each arm
     * @param days length of the test
     * @param feasible true if the segment is large enough
     */
    public record TestPlan(
            double baseline,
            double minEffect,
            double power,
            double alpha,
            int perArm,
            int days,
            boolean feasible) {}
}
