package dev.coterie.describe;

import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.proof.Fact;
import dev.coterie.proof.NumberGate;
import dev.coterie.segment.Certificate;
import dev.coterie.words.English;
import dev.coterie.words.Sense;
import dev.coterie.words.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The built-in narrator: writes one segment's line and description from its traits and facts.
 *
 * <p>Forms of a sentence rotate with the segment's number, so that siblings do not read alike.
 */
final class Narrator {
    /** A share below it reads oddly at the head of a sentence: 0 % of them. */
    private static final double HARDLY_ANY = 0.01;

    private static final int LONGEST_QUOTE = 120;
    private static final int LONGEST_HAN_QUOTE = 60;

    /** Beyond it a word is simply absent elsewhere, and how many times more says nothing. */
    private static final double MOST_LIFT = 20;

    private static final int MOST_FIGURES = 4;
    private static final int MOST_SENTENCES = 6;

    private final Language language;

    Narrator(Language language) {
        this.language = language;
    }

    /**
     * What the narrator may say of one segment.
     *
     * @param facts ids by name: size, share, each, total_share, stability
     * @param traits worth telling, best first
     * @param lacking what is rarer or lower here, best first, also beside a trait that implies it
     * @param here fact id of the segment's figure, by trait key
     * @param elsewhere fact id of everyone else's figure, by trait key
     */
    record Notes(
            int number,
            int siblings,
            List<Trait> traits,
            List<Trait> lacking,
            Form.Setting setting,
            double stability,
            Map<String, String> facts,
            Map<String, String> here,
            Map<String, String> elsewhere,
            List<Quote> quotes) {}

    Wording write(String name, Notes notes) {
        return Wording.narrated(name, who(notes), sentences(notes));
    }

    private String who(Notes notes) {
        if (notes.siblings == 0) return say("describe.who.alike");
        return who(notes.traits, notes.setting);
    }

    /** One line: what these traits make of customers. */
    String who(List<Trait> traits, Form.Setting setting) {
        List<String> predicates = new PredicateList(traits, setting, language).best(3);
        if (predicates.isEmpty()) return say("describe.who.middle");
        return say("describe.who." + setting.head(), "predicates", list(predicates));
    }

    private List<String> predicates(Notes notes, int most) {
        return new PredicateList(notes.traits, notes.setting, language).best(most);
    }

    private String list(List<String> parts) {
        return PredicateList.joined(parts, language);
    }

    private List<String> sentences(Notes notes) {
        var out = new ArrayList<String>();
        String size = ref(notes.facts.get("size"));
        if (notes.siblings == 0) return List.of(say("describe.say.alike", "size", size));
        int turn = notes.number;
        List<String> predicates = predicates(notes, 2);
        String open = predicates.isEmpty() ? "plain" : String.valueOf(1 + turn % 3);
        out.add(
                say(
                        "describe.say.open." + open,
                        "size",
                        size,
                        "share",
                        ref(notes.facts.get("share")),
                        "predicates",
                        list(predicates)));
        List<Trait> told = told(notes);
        out.addAll(figures(notes, told));
        words(notes).ifPresent(out::add);
        if (out.size() < 3) lift(notes).ifPresent(out::add);
        value(notes).ifPresent(s -> out.add(Math.min(2, out.size()), s));
        out.add(absence(notes, told));
        if (out.size() < 5) quote(notes).ifPresent(q -> out.add(out.size() - 1, q));
        if (notes.stability < Certificate.USABLE) {
            if (out.size() == MOST_SENTENCES) out.remove(3); // the second pair of figures
            out.add(
                    say(
                            "describe.say.soft." + (1 + turn % 2),
                            "stability",
                            ref(notes.facts.get("stability"))));
        }
        return out;
    }

    /** The figures behind the best attributes, two to a sentence. */
    private List<String> figures(Notes notes, List<Trait> told) {
        var out = new ArrayList<String>();
        String[] joins = {"and", "semi", "also"};
        for (int i = 0; i < told.size(); i += 2) {
            String first = clause(told.get(i), notes, i);
            String sentence =
                    i + 1 < told.size()
                            ? say(
                                    "describe.join." + joins[(notes.number + i / 2) % 3],
                                    "first",
                                    first,
                                    "second",
                                    clause(told.get(i + 1), notes, i + 1))
                            : say("describe.join.one", "first", first);
            out.add(language == Language.ENGLISH ? English.capital(sentence) : sentence);
        }
        return out;
    }

    /** The attributes whose figures are told. */
    private static List<Trait> told(Notes notes) {
        boolean worth = notes.facts.containsKey("each");
        return usable(notes)
                .filter(t -> t.higher() || kind(t) != Difference.Kind.SHARE)
                .filter(t -> !worth || t.sense().get() != Sense.TOTAL)
                .limit(MOST_FIGURES)
                .toList();
    }

    private String clause(Trait trait, Notes notes, int turn) {
        Comparison c = trait.comparison().orElseThrow();
        Attribute a = c.attribute();
        boolean share = a.kind() == Difference.Kind.SHARE;
        String key =
                switch (a.sense()) {
                    case RECENCY,
                            FREQUENCY,
                            TOTAL,
                            BASKET,
                            TREND,
                            RETURNS,
                            WEEKEND,
                            SINCE,
                            AGE,
                            SPEND,
                            BORN,
                            COMPLAINS,
                            RATING ->
                            a.sense().word();
                    case TENURE -> a.unit() == Fact.Unit.DAYS ? "tenure_days" : "number";
                    case NUMBER, INCOME -> "number";
                    default -> "share";
                };
        if (!share && a.sense() == Sense.AGE && a.unit() == Fact.Unit.DAYS) key = "since";
        boolean since = key.equals("since");
        if (a.kind() == Difference.Kind.MEDIAN) key = "median." + key;
        String column = Form.column(a.column(), language);
        return say(
                "describe.clause." + key,
                "here",
                ref(notes.here.get(trait.key())),
                "versus",
                versus(trait, notes, share, turn),
                "predicate",
                share ? Form.of(trait, notes.setting, language).predicate() : "",
                "column",
                since ? column.replaceAll("[“”]", "") : column,
                "plural",
                English.severalOf(column) ? "yes" : "no",
                "counted",
                English.counted(column) ? "yes" : "no",
                "thing",
                Form.thing(a.column(), language),
                "buys",
                notes.setting.buys() ? "yes" : "no");
    }

    private String versus(Trait trait, Notes notes, boolean share, int turn) {
        return say(
                "describe.versus." + (share ? "share." : "mean.") + (1 + (notes.number + turn) % 3),
                "other",
                ref(notes.elsewhere.get(trait.key())));
    }

    private Optional<String> words(Notes notes) {
        List<Trait> themes =
                notes.traits.stream()
                        .filter(t -> t.theme().isPresent() && notes.here.containsKey(t.key()))
                        .filter(t -> t.theme().get().share() >= 0.06)
                        .filter(t -> Form.telling(t.theme().get()))
                        .limit(2)
                        .toList();
        if (themes.isEmpty()) return Optional.empty();
        Trait a = themes.get(0);
        Trait b = themes.get(themes.size() - 1);
        String key =
                themes.size() == 1
                        ? "describe.say.word"
                        : "describe.say.words." + (1 + notes.number % 3);
        return Optional.of(
                say(
                        key,
                        "a",
                        Form.mention(a.theme().orElseThrow(), language),
                        "b",
                        Form.mention(b.theme().orElseThrow(), language),
                        "share_a",
                        ref(notes.here.get(a.key())),
                        "share_b",
                        ref(notes.here.get(b.key())),
                        "other_a",
                        ref(notes.elsewhere.get(a.key()))));
    }

    /** How much more a word is used here, where there is little else to tell. */
    private Optional<String> lift(Notes notes) {
        return notes.traits.stream()
                .filter(t -> t.theme().isPresent() && notes.facts.containsKey("lift:" + t.key()))
                .filter(t -> t.theme().get().lift() <= MOST_LIFT && Form.telling(t.theme().get()))
                .findFirst()
                .map(
                        t ->
                                say(
                                        "describe.say.lift." + (1 + notes.number % 3),
                                        "a",
                                        Form.mention(t.theme().orElseThrow(), language),
                                        "lift",
                                        ref(notes.facts.get("lift:" + t.key()))));
    }

    /** A short typical quotation, word for word; none that could be taken for a figure. */
    private Optional<String> quote(Notes notes) {
        return notes.quotes.stream()
                .filter(q -> q.kind() == Quote.Kind.TYPICAL)
                .map(Quote::text)
                .filter(q -> q.length() <= longest(q) && !q.contains("{") && !q.contains("\n"))
                .filter(q -> NumberGate.clean(q, List.of()))
                .findFirst()
                .map(
                        q ->
                                say(
                                        "describe.say.quote." + (1 + notes.number % 3),
                                        "quote",
                                        q,
                                        "stop",
                                        q.matches("(?s).*[.!?…。！？~～]") ? "" : stop()));
    }

    private static int longest(String quote) {
        return Words.chinese(quote) ? LONGEST_HAN_QUOTE : LONGEST_QUOTE;
    }

    /** What ends a sentence whose quotation does not. */
    private String stop() {
        return language == Language.CHINESE ? "。" : ".";
    }

    private Optional<String> value(Notes notes) {
        if (!notes.facts.containsKey("each")) return Optional.empty();
        return Optional.of(
                say(
                        "describe.say.value." + (1 + (notes.number + 1) % 3),
                        "each",
                        ref(notes.facts.get("each")),
                        "skewed",
                        notes.facts.containsKey("value_median") ? "yes" : "no",
                        "typical",
                        ref(notes.facts.get("value_median")),
                        "total_share",
                        ref(notes.facts.get("total_share"))));
    }

    /**
     * What they are not: the strongest share that is lower here, else the strongest mean that was
     * not told yet, turned round.
     */
    private String absence(Notes notes, List<Trait> told) {
        Optional<Trait> rare =
                usable(notes.lacking, notes)
                        .filter(t -> kind(t) == Difference.Kind.SHARE)
                        .filter(t -> t.comparison().get().elsewhere() >= 0.15)
                        .filter(
                                t ->
                                        t.comparison().get().here()
                                                <= 0.6 * t.comparison().get().elsewhere())
                        .filter(t -> !Form.negative(t.comparison().get().attribute().level()))
                        .findFirst();
        if (rare.isPresent()) {
            double here = rare.get().comparison().get().here();
            String some = here < HARDLY_ANY ? "hardly" : String.valueOf(1 + notes.number % 3);
            return say(
                    "describe.say.not." + (here == 0 ? "nobody" : some),
                    "predicate",
                    Form.of(turned(rare.get()), notes.setting, language).predicate(),
                    "here",
                    ref(notes.here.get(rare.get().key())),
                    "other",
                    ref(notes.elsewhere.get(rare.get().key())));
        }
        boolean worth = notes.facts.containsKey("each");
        return usable(notes)
                .filter(t -> kind(t) != Difference.Kind.SHARE && !told.contains(t))
                .filter(t -> !worth || t.sense().get() != Sense.TOTAL)
                .filter(t -> !Form.of(turned(t), notes.setting, language).predicate().isEmpty())
                // "Not those who spend a lot" comes easier than "not those who spend little".
                .min(Comparator.comparing(Trait::higher))
                .map(
                        t ->
                                say(
                                        "describe.say.not.mean." + (1 + notes.number % 2),
                                        "predicate",
                                        Form.of(turned(t), notes.setting, language).predicate(),
                                        "clause",
                                        clause(t, notes, 1)))
                .orElseGet(
                        () -> say("describe.say.not.none", "size", ref(notes.facts.get("size"))));
    }

    private static Stream<Trait> usable(Notes notes) {
        return usable(notes.traits, notes);
    }

    private static Stream<Trait> usable(List<Trait> traits, Notes notes) {
        return traits.stream()
                .filter(t -> t.comparison().isPresent() && notes.here.containsKey(t.key()))
                .filter(Trait::sayable);
    }

    private static Difference.Kind kind(Trait trait) {
        return trait.comparison().orElseThrow().attribute().kind();
    }

    /** The same attribute told as if it were the other way round, for "few of them ...". */
    private static Trait turned(Trait trait) {
        Comparison c = trait.comparison().orElseThrow();
        double here = trait.higher() ? 0 : 1;
        if (kind(trait) != Difference.Kind.SHARE) {
            // Nobody's mean: neither rare nor frequent, and below all others or above them.
            here = trait.higher() ? Double.NaN : Double.POSITIVE_INFINITY;
        }
        var other =
                new Comparison(
                        c.attribute(),
                        here,
                        trait.higher() ? 1 : 0,
                        c.effect(),
                        c.strength(),
                        c.low(),
                        c.high(),
                        c.n(),
                        c.others(),
                        c.missing(),
                        c.spread());
        return new Trait(
                trait.key(), !trait.higher(), trait.score(), Optional.of(other), trait.theme());
    }

    private static String ref(String id) {
        return "{{" + id + "}}";
    }

    private String say(String key, Object... arguments) {
        return Message.of(key, arguments).in(language);
    }
}
