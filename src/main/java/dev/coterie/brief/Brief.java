package dev.coterie.brief;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.coterie.describe.Quote;
import dev.coterie.describe.Writer;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.proof.Fact;
import dev.coterie.rule.SegmentRule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
 * @param provenance where its figures come from, once somebody has said so
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
        Optional<SegmentRule> segmentRule,
        Optional<Provenance> provenance) {
    public Brief {
        channels = List.copyOf(channels);
        sections = List.copyOf(sections);
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }

    public Section section(Key key) {
        return sections.stream().filter(s -> s.key() == key).findFirst().orElseThrow();
    }

    /** The statement with this id. */
    public Optional<Item> item(String id) {
        return sections.stream()
                .flatMap(s -> s.items().stream())
                .filter(i -> i.id().equals(id))
                .findFirst();
    }

    /** Where a statement stands, such as {@code 3.2}: section and place in it, both from one. */
    public Optional<String> place(String id) {
        for (Section section : sections) {
            for (int i = 0; i < section.items().size(); i++) {
                if (section.items().get(i).id().equals(id))
                    return Optional.of((section.key().ordinal() + 1) + "." + (i + 1));
            }
        }
        return Optional.empty();
    }

    /** The same with other statements and the facts that they refer to. */
    public Brief with(List<Section> other, Map<String, Fact> known) {
        return copy(Checks.of(other, checks.removed()), other, known, provenance);
    }

    /** The same with a word on where its figures come from. */
    public Brief from(Provenance origin) {
        return copy(checks, sections, facts, Optional.of(origin));
    }

    /** The same as worded by another's author. */
    Brief by(Brief other) {
        return new Brief(
                segment,
                name,
                goal,
                channels,
                language,
                other.writer,
                other.model,
                other.fallback,
                checks,
                sections,
                facts,
                testPlan,
                segmentRule,
                provenance);
    }

    /** The sections whose words a language model may write. */
    public static Set<Key> worded() {
        return ModelIdeas.WORDED;
    }

    private Brief copy(
            Checks counted,
            List<Section> said,
            Map<String, Fact> known,
            Optional<Provenance> origin) {
        return new Brief(
                segment,
                name,
                goal,
                channels,
                language,
                writer,
                model,
                fallback,
                counted,
                said,
                known,
                testPlan,
                segmentRule,
                origin);
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
     * @param locked true if writing it anew must change none of its items
     * @param prompt version of the prompt that a language model wrote it under
     */
    public record Section(
            Key key, Source source, List<Item> items, boolean locked, Optional<String> prompt) {
        public Section {
            items = identified(key, items);
            // Older briefs are stored without it.
            if (prompt == null) prompt = Optional.empty();
        }

        /** A section that may be written anew. */
        public Section(Key key, Source source, List<Item> items) {
            this(key, source, items, false, Optional.empty());
        }

        public Section with(List<Item> other) {
            return new Section(key, source, other, locked, prompt);
        }

        Section locked(boolean on) {
            return new Section(key, source, items, on, prompt);
        }

        /** The same, written under a prompt; empty: by the built-in narrator. */
        Section under(Optional<String> version) {
            return new Section(key, source, items, locked, version);
        }

        /** Ids are unique in a brief: one without is called after its place. */
        private static List<Item> identified(Key key, List<Item> items) {
            var out = new ArrayList<Item>();
            Set<String> taken = new HashSet<>();
            for (Item item : items) {
                String own = item.id().isEmpty() ? "item" : item.id();
                String id = own.startsWith(key.word() + "/") ? own : key.word() + "/" + own;
                String free = id;
                for (int n = 2; !taken.add(free); n++) free = id + "~" + n;
                out.add(item.called(free));
            }
            return List.copyOf(out);
        }
    }

    /**
     * One statement.
     *
     * @param id unique in its brief and the same however often the brief is written
     * @param text figures only as {@code {{f12}}}
     * @param quotes customers' words that show it
     * @param facts ids of the facts behind it, those in the text included
     * @param basis ids of the statements that it answers to
     * @param locked true if writing its section anew must leave it as it is
     */
    public record Item(
            String id,
            String text,
            Source source,
            List<Quote> quotes,
            List<String> facts,
            List<String> basis,
            boolean locked) {
        public Item {
            id = id == null ? "" : id;
            quotes = List.copyOf(quotes);
            facts = List.copyOf(facts);
            basis = basis == null ? List.of() : List.copyOf(basis);
        }

        public Item(String text, Source source, List<Quote> quotes, List<String> facts) {
            this("", text, source, quotes, facts, List.of(), false);
        }

        /** The statement in the words of a person. */
        public Item inWords(String other, List<String> cited) {
            return new Item(id, other, Source.HUMAN, quotes, cited, basis, locked);
        }

        Item called(String other) {
            return new Item(other, text, source, quotes, facts, basis, locked);
        }

        Item basedOn(List<String> others) {
            return new Item(id, text, source, quotes, facts, others, locked);
        }

        Item locked(boolean on) {
            return new Item(id, text, source, quotes, facts, basis, on);
        }

        /** Stays as it is when its section is written anew. */
        public boolean kept() {
            return locked || source == Source.HUMAN && !placeholder();
        }

        /** A line that waits for a person's words. */
        public boolean placeholder() {
            return source == Source.HUMAN && text.endsWith(BLANK);
        }

        static final String BLANK = "____";
    }

    /**
     * Where the figures of a brief come from.
     *
     * @param run number in its project, 0 outside of a project
     * @param made the day it was written, as {@code 2026-11-28}; empty if that is not known
     * @param version of Coterie
     * @param customers in the run
     */
    public record Provenance(int run, long seed, String made, String version, long customers) {}

    /**
     * @param claims statements in all sections
     * @param supported statements with a fact, a quote or a plain "no data"
     * @param hypotheses statements marked as such
     * @param human statements of a person, or to be filled in by one
     * @param removed sentences of a language model that were taken out
     */
    public record Checks(int claims, int supported, int hypotheses, int human, int removed) {
        static Checks of(List<Section> sections, int removed) {
            int[] counts = new int[Source.values().length];
            for (Section section : sections) {
                if (section.key() == Key.EVIDENCE) continue;
                section.items().forEach(i -> counts[i.source().ordinal()]++);
            }
            return new Checks(
                    counts[0] + counts[1] + counts[2],
                    counts[Source.DATA.ordinal()],
                    counts[Source.HYPOTHESIS.ordinal()],
                    counts[Source.HUMAN.ordinal()],
                    removed);
        }
    }

    /**
     * Two-proportion test, two-sided.
     *
     * @param baseline rate without the campaign
     * @param minEffect smallest rise worth finding, or fall of an outcome that says who left, in
     *     share points (0.03 is three points)
     * @param perArm customers needed in each arm
     * @param days length of the test; 0 if the files hold no dates to find it from
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
