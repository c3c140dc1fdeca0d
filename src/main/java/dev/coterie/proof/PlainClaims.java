package dev.coterie.proof;

import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.proof.ClaimGate.Fault;
import dev.coterie.words.Stem;
import dev.coterie.words.WordList;
import dev.coterie.words.Words;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Claims about a segment in everyday words, without a figure: "they buy less often than others",
 * "few of them hold the Gold tier", 花费比别人少. They are held against the segment's facts about what
 * the sentence names; a comparison that no fact is about is not proved. Immutable.
 */
final class PlainClaims {
    private static final List<Polarity> MEASURES = Polarity.read("plain-claims.tsv");
    private static final List<Quantity> QUANTITIES = Quantity.read();
    private static final String OTHERS =
            "(?:almost )?(?:every(?:one|body) else|anyone else|(?:the )?others?\\b"
                    + "|(?:the )?other (?:customers|buyers|people|segments|groups|reviewers|members)"
                    + "|the rest|(?:the |an? )?(?:average|typical)\\b|elsewhere"
                    + "|most (?:customers|people|others|buyers|reviewers))";
    private static final String REST = "(?:其他|其它|别的|其余|一般|普通)?(?:的)?(?:客户|客群|顾客|买家|人|别人|他人|大家|平均)";
    private static final Pattern COMPARED =
            Pattern.compile(
                    "(?i)\\b(?:more|less|fewer|worse|\\p{L}{2,}er)\\b.*?\\bthan "
                            + OTHERS
                            + "|\\b(?:compared (?:with|to)|unlike) "
                            + OTHERS
                            + ".*?\\b(?:more|less|fewer|worse|\\p{L}{2,}er)\\b"
                            + "|比起?"
                            + REST
                            + "[^，。；]*?(?:更|[多少高低大小长短强弱快慢常久]|频繁|年轻)"
                            + "|(?:[高低多少长短]于|超过|不如|不及)"
                            + REST
                            + "|[与和跟同]"
                            + REST
                            + "相比.*?[更多少高低大小长短]");
    private static final Pattern MORE =
            Pattern.compile(
                    "(?i)\\b(?:more|higher|greater|bigger|larger|longer|older|better)\\b|[多高大长久]|更常|频繁|超过");
    private static final Pattern LESS =
            Pattern.compile(
                    "(?i)\\b(?:less|fewer|lower|smaller|shorter|younger|worse|rarer)\\b|[少低小短]|不如|不及");

    /** What is hoped for or asked for is no claim; what they tend to do is one. */
    private static final Pattern HOPED =
            Pattern.compile(
                    "(?i)(?<!\\b(?:tend|seem|appear|used|likely) )\\bto\\b|\\b(?:so that|will|would|could|can|should|may|might|must|if|when|whenever)\\b"
                            + "|\\b(?:let|make|help|invite|encourage|ask|get)s? (?:them|customers|these)\\b"
                            + "|让|使(?!用)|鼓励|争取|希望|促使|请|如果|若|为了|可以|应该|应当|以便|能够|帮助|吸引|目标");

    private static final Pattern DENIED =
            Pattern.compile(
                    "(?i)(?:\\bnot|n['’]t|\\bnever)(?: \\p{L}+)? $|(?:不|没有?|并非|不是|不会)[^，、。；]{0,2}$");
    private static final Pattern NOT =
            Pattern.compile("(?i)\\bnot\\b|n['’]t\\b|\\bwithout\\b|没有|不是|并非|并未|从未");
    private static final Pattern MENTIONS =
            Pattern.compile(
                    "(?i)\\b(?:mention|talk|writ|wrote|complain|speak|word)|提到|提及|谈|说|写|抱怨");
    private static final Pattern CLAUSE = Pattern.compile("[;；。]|\\.\\s");

    private final Map<String, Fact> facts;
    private final int segment;
    private final List<ClaimGate.Pair> pairs;
    private final Language language;

    /**
     * @param pairs each figure of the segment with everyone else's of the same
     */
    PlainClaims(
            Map<String, Fact> facts, int segment, List<ClaimGate.Pair> pairs, Language language) {
        this.facts = facts;
        this.segment = segment;
        this.pairs = pairs;
        this.language = language;
    }

    /** A word for how many, and the shares that it may be said of. */
    private record Quantity(Pattern words, double least, double most) {
        static List<Quantity> read() {
            return WordList.lines("quantities.tsv").stream()
                    .map(l -> l.split("\t"))
                    .map(
                            f ->
                                    new Quantity(
                                            Pattern.compile("(?i)" + f[0]),
                                            Double.parseDouble(f[1]),
                                            Double.parseDouble(f[2])))
                    .toList();
        }
    }

    /** What is wrong with the first claim that the facts do not bear out. */
    Optional<Fault> fault(String sentence) {
        for (String clause : CLAUSE.split(sentence)) {
            Optional<Fault> fault = quantity(clause).or(() -> comparison(clause));
            if (fault.isPresent()) return fault;
        }
        return Optional.empty();
    }

    /**
     * True if a sentence names what a fact of the segment is about, or compares a measure of it.
     */
    boolean about(String sentence) {
        String own = unquoted(sentence);
        return MEASURES.stream()
                        .filter(m -> m.words().matcher(own).find())
                        .anyMatch(m -> pairs.stream().anyMatch(p -> m.about(p.own())))
                || facts.values().stream()
                        .anyMatch(f -> f.segment() == segment && names(f, sentence));
    }

    /** The sentence without its words for how many, where a fact bears them out. */
    String withoutProven(String sentence) {
        String out = sentence;
        for (String clause : CLAUSE.split(sentence)) {
            Optional<Quantity> said = said(clause);
            if (said.isEmpty() || quantity(clause).isPresent()) continue;
            if (shares(clause).isEmpty()) continue;
            String rest = said.get().words().matcher(clause).replaceAll(" ");
            out = out.replace(clause, rest);
        }
        return out;
    }

    private static Optional<Quantity> said(String clause) {
        String own = unquoted(clause);
        return QUANTITIES.stream().filter(q -> q.words().matcher(own).find()).findFirst();
    }

    private Optional<Fault> quantity(String clause) {
        Optional<Quantity> said = said(clause);
        if (said.isEmpty()) return Optional.empty();
        Matcher words = said.get().words().matcher(clause);
        if (words.find() && HOPED.matcher(clause.substring(0, words.start())).find()) {
            return Optional.empty();
        }
        List<Fact> shares = shares(clause);
        // Where no share is named, most and half are numbers like any other.
        if (shares.isEmpty()) return Optional.of(Fault.UNPROVEN);
        boolean denied = NOT.matcher(words.replaceAll(" ")).find();
        boolean borneOut =
                shares.stream()
                        .mapToDouble(f -> denied ? 1 - f.value() : f.value())
                        .anyMatch(s -> s >= said.get().least() && s <= said.get().most());
        return borneOut ? Optional.empty() : Optional.of(Fault.QUANTITY);
    }

    /** The shares of the segment's customers that a clause names, or else cites. */
    private List<Fact> shares(String clause) {
        List<Fact> own =
                facts.values().stream()
                        .filter(f -> f.segment() == segment && f.unit() == Fact.Unit.SHARE)
                        .filter(f -> !Ranks.ofOthers(f))
                        .toList();
        List<Fact> named = own.stream().filter(f -> names(f, clause)).toList();
        if (!named.isEmpty()) return named;
        List<String> cited = References.ids(clause);
        return own.stream().filter(f -> cited.contains(f.id())).toList();
    }

    private Optional<Fault> comparison(String clause) {
        String own = unquoted(clause);
        boolean measured = false;
        for (Polarity phrase : MEASURES) {
            Matcher at = phrase.words().matcher(own);
            if (!at.find()) continue;
            String before = own.substring(0, at.start());
            if (HOPED.matcher(before).find()) continue;
            measured = true;
            boolean more = phrase.more() != DENIED.matcher(before).find();
            Optional<Fault> fault = wrong(phrase, more);
            if (fault.isPresent()) return fault;
        }
        Matcher compared = COMPARED.matcher(own);
        if (measured || !compared.find()) return Optional.empty();
        String before = own.substring(0, compared.start());
        // A pair that is cited is looked at with its figures.
        if (HOPED.matcher(before).find() || cites(clause)) return Optional.empty();
        List<ClaimGate.Pair> named = pairs.stream().filter(p -> names(p.own(), clause)).toList();
        if (named.isEmpty()) return Optional.of(Fault.UNPROVEN);
        boolean more = MORE.matcher(own).find();
        if (more == LESS.matcher(own).find()) return Optional.empty();
        boolean said = more != DENIED.matcher(before).find();
        return named.stream().anyMatch(p -> p.differs(said))
                ? Optional.empty()
                : Optional.of(Fault.DIRECTION);
    }

    private Optional<Fault> wrong(Polarity phrase, boolean more) {
        List<ClaimGate.Pair> about = pairs.stream().filter(p -> phrase.about(p.own())).toList();
        if (about.isEmpty() && phrase.measure().equals("total")) {
            Optional<Double> gap = valueGap();
            if (gap.isPresent() && more == gap.get() > 0) return Optional.empty();
            if (gap.isPresent()) return Optional.of(Fault.DIRECTION);
        }
        if (about.isEmpty()) return Optional.of(Fault.UNPROVEN);
        return about.stream().anyMatch(p -> p.differs(more))
                ? Optional.empty()
                : Optional.of(Fault.DIRECTION);
    }

    /** How much more a customer of the segment is worth than one of the others. */
    private Optional<Double> valueGap() {
        double[] value = new double[2];
        double[] size = new double[2];
        for (Fact f : facts.values()) {
            int side = f.segment() == segment ? 0 : 1;
            if (f.segment() == 0) continue;
            if (f.label().key().equals("describe.fact.value")) value[side] += f.value();
            if (f.label().key().equals("describe.fact.size")) size[side] += f.value();
        }
        if (size[0] == 0 || size[1] == 0 || value[0] + value[1] == 0) return Optional.empty();
        return Optional.of(value[0] / size[0] - value[1] / size[1]);
    }

    private boolean cites(String clause) {
        List<String> ids = References.ids(clause);
        return pairs.stream()
                .anyMatch(p -> ids.contains(p.own().id()) || ids.contains(p.other().id()));
    }

    /** True if a clause says what a fact is about: a column, a value in it, or a word of texts. */
    private boolean names(Fact fact, String clause) {
        Map<String, Object> about = fact.measure().arguments();
        return switch (fact.measure().key()) {
            case "describe.label.plain", "describe.label.flag", "describe.label.since" ->
                    says(clause, about.get("column"));
            case "describe.label.level" ->
                    says(clause, about.get("level"))
                            && (telling(about.get("level")) || says(clause, about.get("column")));
            case "describe.label.item", "describe.label.bought.item" ->
                    says(clause, about.get("item"));
            case "describe.label.event" -> says(clause, about.get("event"));
            case "describe.label.word" ->
                    says(clause, about.get("word")) && MENTIONS.matcher(clause).find();
            default -> false;
        };
    }

    /** A value such as "yes" or "2" names nothing without its column. */
    private boolean telling(Object level) {
        String text = text(level);
        return text.codePoints().filter(Character::isLetter).count() >= 2
                && !text.matches("(?i)yes|no|true|false|none|other|其他|是|否|无");
    }

    private boolean says(String clause, Object thing) {
        String text = text(thing);
        if (text.isBlank()) return false;
        if (Words.han(text)) return clause.contains(text);
        var stems = new HashSet<>(stems(clause));
        return stems.containsAll(stems(text));
    }

    private static List<String> stems(String text) {
        return Arrays.stream(text.split("[^\\p{L}\\p{Nd}]+"))
                .filter(w -> !w.isEmpty())
                .map(Stem::word)
                .toList();
    }

    private String text(Object thing) {
        return thing instanceof Message m ? m.in(language) : String.valueOf(thing);
    }

    private static String unquoted(String clause) {
        return clause.replaceAll("“[^”]*”?", "\u2026");
    }
}
