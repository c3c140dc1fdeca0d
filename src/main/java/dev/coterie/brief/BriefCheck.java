package dev.coterie.brief;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.coterie.brief.Brief.Item;
import dev.coterie.brief.Brief.Key;
import dev.coterie.brief.Brief.Source;
import dev.coterie.describe.Description;
import dev.coterie.describe.SegmentProfile;
import dev.coterie.language.Message;
import dev.coterie.proof.ClaimGate;
import dev.coterie.proof.Fact;
import dev.coterie.proof.NumberGate;
import dev.coterie.proof.References;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks the words of a brief, as written or as somebody changed them, against its facts. Immutable
 * and thread-safe.
 */
public final class BriefCheck {
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    /** "Of all" and "in all" count; "all of them" claims. */
    private static final Pattern ABSOLUTE =
            Pattern.compile(
                    "(?i)(?<!\\b(?:of|in|at|above|after) )\\ball\\b|\\b(?:always|never|nobody|no one|none|everybody|everyone(?! else)|guaranteed|without exception)\\b"
                            + "|\\bevery (?:customer|member|buyer|one|time)\\b"
                            + "|所有|从不|从来|永远|绝对|人人|无一|毫无例外|总是|保证");

    /** The sections that decide who is written to and with what. */
    private static final Set<Key> TARGETING = EnumSet.of(Key.OFFER, Key.MESSAGES, Key.SELECTION);

    /** The sections that accept no claim without a source. */
    private static final Set<Key> FOUNDED =
            EnumSet.of(
                    Key.SIZE_VALUE,
                    Key.WHO,
                    Key.PAINS,
                    Key.WHEN_WHERE,
                    Key.TEST_PLAN,
                    Key.SELECTION,
                    Key.LIMITS);

    private static final int FEW_ROWS = 30;

    private final Brief brief;
    private final ClaimGate gate;
    private final List<String> ledger;

    public BriefCheck(Description description, Brief brief) {
        this.brief = brief;
        Map<String, Fact> facts = new LinkedHashMap<>(description.facts());
        facts.putAll(brief.facts());
        List<String> siblings =
                description.segments().stream()
                        .filter(s -> s.number() != brief.segment())
                        .map((SegmentProfile s) -> s.wording(brief.language()).name())
                        .toList();
        this.gate = new ClaimGate(facts, brief.segment(), siblings, brief.language());
        this.ledger =
                facts.values().stream()
                        .filter(f -> f.segment() == brief.segment() || f.segment() == 0)
                        .map(Fact::id)
                        .toList();
    }

    /** What is wrong with a statement. */
    public enum Kind {
        REFERENCE,
        NUMBER,
        UNIT,
        SEGMENT,
        COMPARISON,
        DIRECTION,
        RANK,
        PERIOD,
        QUANTITY,
        UNPROVEN,
        /** A word without exceptions, such as "never". */
        ABSOLUTE,
        /** A figure of fewer than 30 rows. */
        FEW,
        /** Age, sex, health or origin decide who is written to. */
        SENSITIVE,
        /** A statement of a person where only statements with a source belong. */
        UNFOUNDED;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        private static Kind of(ClaimGate.Fault fault) {
            return valueOf(fault.name());
        }
    }

    /**
     * @param item id of the statement, empty for a text that is none
     * @param problem what is wrong and what to do
     */
    public record Note(
            Optional<Key> section, String item, String sentence, Kind kind, Message problem) {}

    /** Everything that a person should look at before the brief goes out. */
    public List<Note> review() {
        var notes = new ArrayList<Note>();
        for (Brief.Section section : brief.sections()) {
            if (section.key() == Key.EVIDENCE) continue;
            for (Item item : section.items()) notes.addAll(review(section.key(), item));
        }
        return notes;
    }

    private List<Note> review(Key key, Item item) {
        var notes = new ArrayList<Note>();
        for (ClaimGate.Finding f : claims(item, item.text()))
            notes.add(note(key, item, f.sentence(), Kind.of(f.fault())));
        words(key, item, notes);
        if (few(key, item)) notes.add(note(key, item, item.text(), Kind.FEW));
        boolean bare = item.facts().isEmpty() && item.quotes().isEmpty();
        if (item.source() != Source.HUMAN || !notes.isEmpty()) return notes;
        if (FOUNDED.contains(key) && bare) notes.add(note(key, item, item.text(), Kind.UNFOUNDED));
        else unfounded(key, item, notes);
        return notes;
    }

    /** What a person says of the customers needs a source in whatever section it stands. */
    private void unfounded(Key key, Item item, List<Note> notes) {
        for (String sentence : NumberGate.sentences(masked(item))) {
            if (BareClaims.in(sentence) && !gate.founded(sentence))
                notes.add(note(key, item, sentence, Kind.UNFOUNDED));
        }
    }

    /** Of a small segment every figure is shaky: that is said once. */
    private boolean few(Key key, Item item) {
        boolean small =
                brief.facts().values().stream()
                        .anyMatch(
                                f ->
                                        f.label().key().equals("describe.fact.size")
                                                && f.segment() == brief.segment()
                                                && f.value() < FEW_ROWS);
        if (small)
            return item.equals(
                    brief.section(Key.HEADLINE).items().stream().findFirst().orElse(null));
        // A count is exact however small it is.
        return key != Key.HEADLINE
                && References.ids(item.text()).stream()
                        .map(brief.facts()::get)
                        .filter(f -> f != null && f.unit() != Fact.Unit.COUNT)
                        .anyMatch(f -> f.n() > 0 && f.n() < FEW_ROWS);
    }

    private void words(Key key, Item item, List<Note> notes) {
        for (String sentence : NumberGate.sentences(masked(item))) {
            if (ABSOLUTE.matcher(sentence).find())
                notes.add(note(key, item, sentence, Kind.ABSOLUTE));
            boolean written = item.source() == Source.HUMAN;
            boolean rule = item.source() == Source.DATA && key != Key.SELECTION;
            boolean targeting = TARGETING.contains(key) && !rule;
            if ((targeting || written) && SensitiveTraits.decide(sentence, targeting))
                notes.add(note(key, item, sentence, Kind.SENSITIVE));
        }
    }

    private String masked(Item item) {
        String text = item.text();
        for (var quote : item.quotes()) text = text.replace(quote.text(), "…");
        return text;
    }

    private static Note note(Key key, Item item, String sentence, Kind kind) {
        return new Note(Optional.of(key), item.id(), sentence, kind, problem(kind));
    }

    private static Message problem(Kind kind) {
        return Message.of("brief.problem." + kind.word());
    }

    /** What is wrong with any text about the segment, by the figures that the run knows of it. */
    public List<Note> review(String text) {
        var notes = new ArrayList<Note>();
        for (ClaimGate.Finding f : gate.check(text, ledger, passages()))
            notes.add(free(f.sentence(), Kind.of(f.fault())));
        for (String sentence : NumberGate.sentences(text)) {
            if (ABSOLUTE.matcher(sentence).find()) notes.add(free(sentence, Kind.ABSOLUTE));
            if (SensitiveTraits.decide(sentence, false)) notes.add(free(sentence, Kind.SENSITIVE));
        }
        return notes;
    }

    private static Note free(String sentence, Kind kind) {
        return new Note(Optional.empty(), "", sentence, kind, problem(kind));
    }

    /** A person may cite any figure of the segment, not only those that the statement had. */
    private List<ClaimGate.Finding> claims(Item item, String text) {
        List<ClaimGate.Finding> found = check(item, text);
        if (found.isEmpty() || item.source() != Source.HUMAN) return found;
        Set<String> cited = new LinkedHashSet<>(item.facts());
        cited.addAll(brief.facts().keySet());
        cited.addAll(ledger);
        return gate.check(text, cited, verified(item));
    }

    /** What the brief claims without its facts bearing it out; the evidence is the facts. */
    public List<ClaimGate.Finding> check() {
        var findings = new ArrayList<ClaimGate.Finding>();
        for (Brief.Section section : brief.sections()) {
            if (section.key() == Key.EVIDENCE) continue;
            for (Item item : section.items()) findings.addAll(check(item, item.text()));
        }
        return findings;
    }

    /**
     * The same for a changed text.
     *
     * @param item as the brief has it
     * @param text in its place, with references or with figures as they are shown
     */
    public List<ClaimGate.Finding> check(Item item, String text) {
        return gate.check(text, item.facts(), verified(item));
    }

    private List<String> verified(Item item) {
        List<String> passages = passages();
        item.quotes().forEach(q -> passages.add(q.text()));
        if (item.source() != Source.HUMAN) {
            Matcher dates = DATE.matcher(item.text());
            while (dates.find()) passages.add(dates.group());
        }
        return passages;
    }

    /** What stands in a brief as it stands in the files. */
    private List<String> passages() {
        var passages = new ArrayList<String>();
        brief.segmentRule()
                .ifPresent(
                        r -> {
                            passages.add(Selection.plain(r.text(brief.language())));
                            passages.add(Selection.plain(r.filter()));
                        });
        passages.addAll(brief.channels());
        return passages;
    }
}
