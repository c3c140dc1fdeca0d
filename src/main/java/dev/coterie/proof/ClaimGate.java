package dev.coterie.proof;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.coterie.language.Language;
import dev.coterie.segment.Certificate;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks what a text about one segment claims against the ledger: numbers, units, whose a figure
 * is, directions, comparisons, ranks and periods. Figures may stand as references {@code {{f12}}}
 * or as they are shown. Immutable and thread-safe.
 *
 * <p>It knows turns of phrase, not meaning: a claim in words it does not know passes, which is why
 * sentences must also refer to facts.
 */
public final class ClaimGate {
    private static final Pattern OTHERS_BEFORE =
            Pattern.compile(
                    "(?i)(?:against|compared with|than)[\\s\\u00a0]*$|(?:其他客户|其余客户|客群之外|其他人)(?:则|的)?(?:为|是)?[\\s\\u00a0]*$");

    /** Figures one after the other, with nothing said between them. */
    private static final Pattern LIST =
            Pattern.compile(
                    "\\{\\{\\s*f\\d{1,6}\\s*}}(?:[\\s\\u00a0]*(?:[,，、;；]|\\band\\b|[和与及])[\\s\\u00a0]*"
                            + "\\{\\{\\s*f\\d{1,6}\\s*}})+");

    private static final Pattern OTHERS_AFTER =
            Pattern.compile(
                    "(?i)^[\\s\\u00a0]*(?:(?:for|of) (?:everyone else|the others|the rest|others)|elsewhere)");
    private static final Pattern SEGMENT =
            Pattern.compile("(?i)\\bsegments?\\s*(\\d{1,3})\\b|客群\\s*(\\d{1,3})");
    private static final Pattern RATE =
            Pattern.compile(
                    "(?i)\\b(?:per|a|each|every) (?:day|week|month|quarter|year)\\b|\\b(?:daily|weekly|monthly|quarterly|yearly|annual(?:ly)?)\\b|每(?:天|日|周|星期|月|个月|季度|年)|月均|年均|日均|周均");
    private static final Pattern OF_ALL_AFTER =
            Pattern.compile(
                    "(?i)^[\\s\\u00a0]*of all\\b(?! (?:the )?(?:value|their|spending|sales|revenue|turnover|money|texts?|reviews?|events?|orders?|purchases?|activity)\\b)");
    private static final Pattern OF_ALL_BEFORE =
            Pattern.compile("占(?:全部|全体|所有|总)(?:客户|人数|客户数)?的?[\\s\\u00a0]*$");
    private static final Pattern HIGH_OR_LOW =
            Pattern.compile("(?i)(?<high>\\bhigh\\b|偏高|较高)|(?<low>\\blow\\b|偏低|较低)");
    private static final Pattern CLAUSE = Pattern.compile("[;；。]|\\.\\s|, and ");

    private final Map<String, Fact> facts;
    private final int segment;
    private final Collection<String> siblings;
    private final Language language;
    private final List<Pair> pairs;
    private final PlainClaims claims;

    /**
     * @param facts the ledger
     * @param segment number of the segment that the text is about, 1..k
     * @param siblings names of the other segments
     */
    public ClaimGate(
            Map<String, Fact> facts, int segment, Collection<String> siblings, Language language) {
        this.facts = facts;
        this.segment = segment;
        this.siblings = List.copyOf(siblings);
        this.language = language;
        this.pairs = pairs(facts, segment);
        this.claims = new PlainClaims(facts, segment, pairs, language);
    }

    /** What is wrong with a sentence. */
    public enum Fault {
        /** It refers to a fact that does not exist. */
        REFERENCE,
        /** A number or number word that is no figure of a cited fact. */
        NUMBER,
        /** The word beside a figure is not its unit. */
        UNIT,
        /** A figure or a name of another segment. */
        SEGMENT,
        /** A figure of everyone else told as the segment's, or the other way round. */
        COMPARISON,
        /** More where it is less, or less where it is more, or nothing is known. */
        DIRECTION,
        /** A superlative that the ledger does not bear out. */
        RANK,
        /** A month or a rate over time that no fact speaks of. */
        PERIOD,
        /** A word for how many, or a share "of all", that is not the share in the data. */
        QUANTITY,
        /** A comparison, or a word for how many, that no fact is about. */
        UNPROVEN;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A sentence that must not stand. */
    public record Finding(String sentence, Fault fault) {}

    /**
     * The sentences that claim what the ledger does not bear out.
     *
     * @param text with references, or with figures as they are shown
     * @param cited ids of the facts whose figures may stand in it, in the order of the text
     * @param verified passages checked against their source: quotations, a rule, a date
     */
    public List<Finding> check(String text, Collection<String> cited, Collection<String> verified) {
        String masked = text;
        for (String passage : NumberGate.longestFirst(verified)) {
            masked = masked.replace(passage, "\u2026");
        }
        var findings = new ArrayList<Finding>();
        String referenced =
                new ShownFigures(facts, language, Figures.SMALL_COUNT)
                        .referenced(masked, cited, List.of());
        for (String sentence : NumberGate.sentences(referenced)) {
            fault(sentence, verified).ifPresent(f -> findings.add(new Finding(sentence, f)));
        }
        return findings;
    }

    /** True if a sentence without a figure is about something that a fact of the segment is of. */
    public boolean founded(String sentence) {
        return claims.about(sentence);
    }

    private Optional<Fault> fault(String sentence, Collection<String> verified) {
        var cited = new ArrayList<Fact>();
        for (String id : References.ids(sentence)) {
            if (!facts.containsKey(id)) return Optional.of(Fault.REFERENCE);
            cited.add(facts.get(id));
        }
        for (Fact fact : cited) {
            if (fact.segment() != 0 && fact.segment() != segment) return Optional.of(Fault.SEGMENT);
        }
        var phrases = new ArrayList<>(verified);
        for (Fact fact : cited) phrases.addAll(NumberGate.phrases(fact, language));
        if (otherSegment(sentence)) return Optional.of(Fault.SEGMENT);
        String left = claims.withoutProven(sentence);
        Optional<Fault> claim = claims.fault(sentence);
        if (claim.filter(f -> f == Fault.QUANTITY).isPresent()) return claim;
        if (!NumberGate.clean(SEGMENT.matcher(left).replaceAll(" "), phrases))
            return Optional.of(Fault.NUMBER);
        if (wrongUnit(sentence)) return Optional.of(Fault.UNIT);
        if (wrongWhole(sentence)) return Optional.of(Fault.QUANTITY);
        String plain = without(left, phrases);
        if (wrongPeriod(plain, cited)) return Optional.of(Fault.PERIOD);
        if (wrongSide(sentence)) return Optional.of(Fault.COMPARISON);
        if (new Ranks(facts, segment).wrong(plain, cited)) return Optional.of(Fault.RANK);
        boolean wrong = wrongDirection(plain) || wrongSteadiness(plain, cited);
        return wrong ? Optional.of(Fault.DIRECTION) : claim;
    }

    /** A stability is low below {@link Certificate#USABLE}, and high nowhere there. */
    private static boolean wrongSteadiness(String plain, List<Fact> cited) {
        boolean alone =
                cited.size() == 1 && cited.get(0).label().key().equals("describe.fact.stability");
        Matcher said = HIGH_OR_LOW.matcher(plain);
        if (!alone || !said.find()) return false;
        boolean high = said.group("high") != null;
        return high == cited.get(0).value() < Certificate.USABLE;
    }

    private static String without(String sentence, Collection<String> phrases) {
        String out = sentence;
        for (String passage : NumberGate.longestFirst(phrases))
            out = out.replace(passage, "\u2026");
        return out.replaceAll("“[^”]*”", "\u2026");
    }

    private boolean otherSegment(String sentence) {
        Matcher matcher = SEGMENT.matcher(sentence);
        while (matcher.find()) {
            String number = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
            if (Integer.parseInt(number) != segment) return true;
        }
        return siblings.stream().anyMatch(sentence::contains);
    }

    private boolean wrongUnit(String sentence) {
        Matcher matcher = References.REFERENCE.matcher(sentence);
        while (matcher.find()) {
            Fact fact = facts.get(matcher.group(1));
            String before = sentence.substring(0, matcher.start());
            if (!UnitWords.fit(fact, before, sentence.substring(matcher.end()))) return true;
        }
        return false;
    }

    /** A share "of all" is that of the customers. */
    private boolean wrongWhole(String sentence) {
        Matcher matcher = References.REFERENCE.matcher(sentence);
        while (matcher.find()) {
            Fact fact = facts.get(matcher.group(1));
            String before = sentence.substring(0, matcher.start());
            boolean ofAll =
                    OF_ALL_AFTER.matcher(sentence.substring(matcher.end())).find()
                            || OF_ALL_BEFORE.matcher(before).find();
            // "against 12 % of all" compares; it says of no segment how large it is.
            if (OTHERS_BEFORE.matcher(before).find()) continue;
            if (!ofAll || fact.unit() != Fact.Unit.SHARE) continue;
            String shown = Figures.show(fact, language, Figures.SMALL_COUNT);
            boolean size =
                    facts.values().stream()
                            .filter(f -> f.segment() == segment)
                            .filter(f -> f.label().key().equals("describe.fact.share"))
                            .map(f -> Figures.show(f, language, Figures.SMALL_COUNT))
                            .anyMatch(shown::equals);
            if (!size) return true;
        }
        return false;
    }

    private boolean wrongPeriod(String plain, List<Fact> cited) {
        if (!cited.isEmpty() && RATE.matcher(plain).find()) return true;
        for (Month month : Month.values()) {
            String name = month.getDisplayName(TextStyle.FULL, language.locale());
            boolean named =
                    Pattern.compile("(?<![\\p{L}\\d])" + Pattern.quote(name) + "(?![\\p{L}])")
                            .matcher(plain)
                            .find();
            // The month of May is the only one that is also an everyday word.
            if (named && (month != Month.MAY || plain.contains("in May"))) return true;
        }
        return false;
    }

    /**
     * Everyone else's figure must stand where everyone else is spoken of, and only it. A list that
     * has the segment's own figure beside it says of neither whose it is.
     */
    private boolean wrongSide(String sentence) {
        Matcher matcher = References.REFERENCE.matcher(sentence);
        while (matcher.find()) {
            Fact fact = facts.get(matcher.group(1));
            boolean told =
                    OTHERS_BEFORE.matcher(sentence.substring(0, matcher.start())).find()
                            || OTHERS_AFTER.matcher(sentence.substring(matcher.end())).find();
            boolean theirs = Ranks.ofOthers(fact);
            if (theirs && !told && !besideTheOwn(fact, sentence, matcher.start())) return true;
            if (told && !theirs && pairs.stream().anyMatch(p -> p.own() == fact)) return true;
        }
        return false;
    }

    /** True if the reference at this place is in a list with the segment's own of the same. */
    private boolean besideTheOwn(Fact theirs, String sentence, int at) {
        Matcher list = LIST.matcher(sentence);
        while (list.find()) {
            if (at < list.start() || at >= list.end()) continue;
            List<String> listed = References.ids(list.group());
            return pairs.stream()
                    .anyMatch(
                            p ->
                                    listed.contains(p.own().id())
                                            && Ranks.sameMeasure(theirs, p.own()));
        }
        return false;
    }

    private boolean wrongDirection(String plain) {
        boolean negated = Polarity.negated(plain);
        for (Polarity phrase : Polarity.ALL) {
            if (!phrase.words().matcher(plain).find()) continue;
            boolean more = phrase.more() != negated;
            if (pairs.stream().noneMatch(p -> phrase.about(p.own()) && p.differs(more)))
                return true;
        }
        for (Pair pair : pairs) {
            if (pair.told(plain, !negated, language) && pair.differs(false)) return true;
            if (pair.told(plain, negated, language) && pair.differs(true)) return true;
        }
        for (String clause : CLAUSE.split(plain)) {
            Polarity.Claim claim = Polarity.general(clause);
            if (claim == Polarity.Claim.NONE) continue;
            List<String> ids = References.ids(clause);
            for (Pair pair : pairs) {
                if (!ids.contains(pair.own().id())) continue;
                boolean borneOut =
                        claim != Polarity.Claim.CONTRADICTION
                                && pair.differs(claim == Polarity.Claim.MORE);
                if (!borneOut) return true;
            }
        }
        return false;
    }

    /** A figure of the segment and everyone else's of the same. */
    record Pair(Fact own, Fact other) {
        boolean differs(boolean more) {
            return more ? own.value() > other.value() : own.value() < other.value();
        }

        /** True if a sentence calls this column high or low. */
        boolean told(String sentence, boolean high, Language language) {
            if (!own.measure().key().equals("describe.label.plain")) return false;
            String column = own.measure().in(language);
            if (language == Language.CHINESE) {
                return sentence.contains(column + (high ? "偏高" : "偏低"))
                        || sentence.contains(column + (high ? "高的" : "低的"));
            }
            return sentence.contains((high ? "high " : "low ") + column)
                    || sentence.contains((high ? "many " : "few ") + column);
        }
    }

    private static List<Pair> pairs(Map<String, Fact> facts, int segment) {
        List<Fact> all = facts.values().stream().filter(f -> f.segment() == segment).toList();
        List<Fact> others = all.stream().filter(Ranks::ofOthers).toList();
        var pairs = new ArrayList<Pair>();
        for (Fact own : all) {
            if (Ranks.ofOthers(own)) continue;
            others.stream()
                    .filter(o -> Ranks.sameMeasure(o, own))
                    .findFirst()
                    .ifPresent(o -> pairs.add(new Pair(own, o)));
        }
        return pairs;
    }
}
