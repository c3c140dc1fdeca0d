package dev.coterie.describe;

import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.prepare.CustomerTable;
import dev.coterie.proof.NumberGate;
import dev.coterie.words.English;
import dev.coterie.words.Humanise;
import dev.coterie.words.Lexicon;
import dev.coterie.words.Sense;
import dev.coterie.words.Words;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The parts of speech that a trait can take in one language; an empty part is not available.
 *
 * @param adjective before the noun: lapsed, 沉睡
 * @param adjunct a noun before the noun: dress, 连衣裙
 * @param head instead of the noun: women
 * @param tail after the noun (English) or before all (Chinese): from Leeds, 来自利兹的
 * @param predicate what they do: come from Leeds
 */
record Form(String adjective, String adjunct, String head, String tail, String predicate) {

    /** A difference below this is told as some, not as many. */
    private static final double SOME = 1.2;

    /** Below so many of a thing on average the customers do not have many of it. */
    private static final double FEW = 1.5;

    private static final double RARE = 0.5;

    /** Sides of an offer that one can have a mind for: price-conscious. */
    private static final Set<String> MINDED = Set.of("price", "discount", "quality");

    /** What a data set's customers are called and do. */
    record Setting(boolean buys, boolean reviews) {
        static Setting of(CustomerTable customers) {
            boolean dated = customers.events().count() > 0;
            boolean rated = customers.texts().stream().anyMatch(t -> !Double.isNaN(t.rating()));
            boolean mostWrite = customers.texts().size() >= 0.8 * customers.customers();
            return new Setting(
                    dated && customers.events().hasValues(), !dated && mostWrite && rated);
        }

        /** The bundle's word for a customer. */
        String head() {
            return buys ? "buyers" : reviews ? "reviewers" : "customers";
        }
    }

    /** How those who mention a thing rate. */
    enum Tone {
        PLEASED,
        NEUTRAL,
        DISPLEASED
    }

    static Form of(Trait trait, Setting setting, Language language) {
        return trait.theme().isPresent()
                ? theme(trait.theme().get(), setting, language)
                : attribute(trait, setting, language);
    }

    private static Form attribute(Trait trait, Setting setting, Language language) {
        Comparison c = trait.comparison().orElseThrow();
        Attribute a = c.attribute();
        Sense sense = a.sense();
        boolean proper = sense == Sense.PLACE || sense == Sense.ITEM || sense == Sense.EVENT;
        String level = Lexicon.level(a.level(), proper).in(language).strip();
        boolean foreign = language == Language.CHINESE && !level.isEmpty() && !Words.han(level);
        String column = column(a.column(), language);
        if (sense == Sense.CATEGORY && negative(a.level())) {
            return absent(a, c.higher(), language);
        }
        boolean once = sense == Sense.FREQUENCY && !c.higher() && c.here() <= 1.5;
        String key = "describe.form." + sense.word() + (c.higher() ? ".high" : ".low");
        if (once) key = "describe.form.frequency.once";
        boolean some = sense == Sense.RETURNS && c.higher() && c.strength() < SOME;
        if (some) key = "describe.form.returns.some";
        if (sense == Sense.RATING && !c.higher() && mild(c)) key = "describe.form.rating.low.mild";
        if (sense == Sense.GENDER)
            key += female(a.level()) ? ".female" : male(a.level()) ? ".male" : "";
        String text =
                Message.of(
                                key,
                                "level",
                                level,
                                "users",
                                sense == Sense.PRODUCT ? users(a.level(), setting, language) : "",
                                "named",
                                foreign ? "“" + level + "”" : level,
                                "quoted",
                                Humanise.level(a.level(), true),
                                "many",
                                English.many(level),
                                "counted",
                                counted(c, column, language),
                                "plain",
                                NumberGate.clean(level, java.util.List.of()) ? "yes" : "no",
                                "hyphen",
                                level.replace(' ', '-'),
                                "single",
                                product(a.level(), level, language),
                                "base",
                                column.replaceAll("(?<=.)(?:次数|数)$", ""),
                                "thing",
                                thing(a.column(), language),
                                "bought",
                                English.product(thing(a.column(), language)),
                                "column",
                                column,
                                "columns",
                                English.plural(column),
                                "grade",
                                language == Language.CHINESE
                                        ? Humanise.grade(level, column)
                                        : English.grade(level, column),
                                "on",
                                English.on(level.replace(' ', '-') + " " + column),
                                "a",
                                English.article(column),
                                "channel",
                                English.channel(level),
                                "buys",
                                setting.buys() ? "yes" : "no")
                        .in(language);
        String[] parts = text.split("\\|", -1);
        if (sense == Sense.NUMBER && spell(a.column())) return new Form("", "", "", "", "");
        return new Form(
                parts[0].strip(),
                phrase(sense, a.column()) ? "" : adjunct(sense, parts[1].strip(), language),
                parts[2].strip(),
                named(parts[3], column, language),
                parts[4].strip());
    }

    /** True for ratings below the others', but above the middle of a scale to 5, 10 or 100. */
    private static boolean mild(Comparison c) {
        double top = c.elsewhere() <= 5 ? 5 : c.elsewhere() <= 10 ? 10 : 100;
        return c.here() > (top + 1) / 2;
    }

    /** True for a column that counts the days since something: neither many nor high. */
    private static boolean spell(String column) {
        return Lexicon.column(column).in(Language.ENGLISH).startsWith("days since ");
    }

    /** True where the value means nothing without its column: the outcome of the last campaign. */
    private static boolean phrase(Sense sense, String column) {
        return sense == Sense.CATEGORY
                && Lexicon.column(column).in(Language.ENGLISH).contains(" of ");
    }

    /**
     * Two products that between them are what nearly all customers of a segment chose.
     *
     * @return empty where the two are called differently or do not stand before a noun
     */
    static Optional<Form> pair(Trait a, Trait b, Setting setting, Language language) {
        Form first = of(a, setting, language);
        Form second = of(b, setting, language);
        boolean nouns = !first.adjunct.isEmpty() && !second.adjunct.isEmpty();
        if (!nouns || !first.head.equals(second.head)) return Optional.empty();
        String both =
                Message.of("describe.name.pair", "a", first.adjunct, "b", second.adjunct)
                        .in(language);
        return Optional.of(new Form("", both, first.head, "", ""));
    }

    /** What stands beside the noun; a column without a Chinese word stays out of Chinese names. */
    private static String named(String tail, String column, Language language) {
        boolean foreign = language == Language.CHINESE && column.startsWith("“");
        return foreign && tail.contains(column) ? "" : tail.strip();
    }

    /** A column inside a sentence; one without a Chinese word is quoted there. */
    static String column(String column, Language language) {
        String said = Lexicon.column(column).in(language).strip();
        boolean foreign = language == Language.CHINESE && !Words.han(said);
        return foreign ? "“" + said + "”" : said;
    }

    /** Whether a column is of things that are many or few, and whether they are rare here. */
    private static String counted(Comparison c, String column, Language language) {
        boolean things =
                language == Language.CHINESE ? column.matches(".+数") : English.counted(column);
        boolean one =
                language == Language.ENGLISH
                        && !English.severalOf(column)
                        && !column.startsWith("spending");
        if (!things) return one ? "one" : "no";
        if (!c.higher() && c.here() == 0) return "none";
        return c.higher() ? c.here() < FEW ? "some" : "yes" : c.here() < RARE ? "rare" : "yes";
    }

    /** What an amount was spent on, as shops call it; empty for other columns. */
    static String thing(String column, Language language) {
        String own = Humanise.spending(column).orElse("");
        if (own.isEmpty()) return "";
        Optional<Lexicon.Entry> known =
                Lexicon.find(own).filter(e -> e.kind() == Lexicon.Kind.PRODUCT);
        if (known.isPresent()) return known.get().in(language);
        return language == Language.CHINESE ? "“" + own + "”" : own;
    }

    private static String product(String raw, String level, Language language) {
        if (language == Language.CHINESE) return level;
        return Lexicon.find(raw)
                .filter(e -> e.kind() == Lexicon.Kind.PRODUCT)
                .map(e -> English.product(e, level))
                .orElseGet(() -> English.product(level));
    }

    /** Guests of a hotel, readers of books; for other products buyers. */
    private static String users(String product, Setting setting, Language language) {
        String own = Lexicon.find(product).map(e -> e.users().in(language).strip()).orElse("");
        if (!own.isEmpty()) return own;
        boolean told = language == Language.ENGLISH && !setting.head().equals("customers");
        return told ? "" : Message.of("describe.head.buyers").in(language);
    }

    static boolean negative(String level) {
        return level.strip().toLowerCase(Locale.ROOT).matches("no|none|无|没有|否|no .+");
    }

    /** A level such as "No" or "No internet service" is the absence of something. */
    private static Form absent(Attribute a, boolean higher, Language language) {
        String level = a.level().strip();
        boolean named = level.toLowerCase(Locale.ROOT).startsWith("no ");
        String thing = column(named ? level.substring(3) : a.column(), language);
        String[] parts =
                Message.of(
                                "describe.form.flag." + (higher ? "low" : "high"),
                                "column",
                                thing,
                                "a",
                                English.article(thing))
                        .in(language)
                        .split("\\|", -1);
        return new Form("", "", "", named(parts[3], thing, language), parts[4].strip());
    }

    /** A value of a plain category becomes a noun adjunct only if it reads like one. */
    private static String adjunct(Sense sense, String adjunct, Language language) {
        if (Words.brand(adjunct)) return "";
        if (language == Language.CHINESE) return Words.han(adjunct) ? adjunct : "";
        boolean words = adjunct.matches("[\\p{L}][\\p{L}' -]{1,24}") && !Words.han(adjunct);
        boolean many = adjunct.split("[ ]").length > 2;
        boolean negative = adjunct.startsWith("no ") || adjunct.startsWith("no-");
        return words && !many && !negative ? adjunct : "";
    }

    static boolean female(String level) {
        return level.strip().toLowerCase(Locale.ROOT).matches("f|female|woman|women|女|女性|女士");
    }

    static boolean male(String level) {
        return level.strip().toLowerCase(Locale.ROOT).matches("m|male|man|men|男|男性|先生");
    }

    /** The thing that a theme is about, as a name may call it; empty if it cannot. */
    static String thing(Theme theme, Language language) {
        String known =
                Lexicon.find(theme.word()).map(e -> e.naming(theme.word(), language)).orElse("");
        boolean foreign = theme.han() != (language == Language.CHINESE);
        boolean plain =
                !foreign
                        && !Words.weak(theme.word())
                        && !Words.brand(theme.word())
                        && plainNoun(theme.word());
        return known.isEmpty() && plain ? theme.word() : known;
    }

    private static Form theme(Theme theme, Setting setting, Language language) {
        Optional<Lexicon.Entry> entry = Lexicon.find(theme.word());
        boolean foreign = theme.han() != (language == Language.CHINESE);
        String said =
                Message.of("describe.theme.predicate", "words", mention(theme, language))
                        .in(language);
        String known = thing(theme, language);
        if (known.isEmpty()) {
            boolean quotable = foreign && !Words.weak(theme.word()) && !Words.brand(theme.word());
            String tail =
                    quotable
                            ? Message.of("describe.theme.quoted", "word", theme.word()).in(language)
                            : "";
            return new Form("", "", "", tail, said);
        }
        Lexicon.Kind kind = entry.map(Lexicon.Entry::kind).orElse(Lexicon.Kind.ACT);
        if (kind == Lexicon.Kind.PRODUCT) {
            return new Form("", known, users(theme.word(), setting, language), "", said);
        }
        if (kind == Lexicon.Kind.QUALITY
                || kind == Lexicon.Kind.COLUMN
                || kind == Lexicon.Kind.VALUE) return new Form("", "", "", "", said);
        boolean aspect = kind == Lexicon.Kind.ASPECT;
        String minded = entry.map(Lexicon.Entry::english).orElse("");
        if (MINDED.contains(minded) && theme.feeling() == Tone.NEUTRAL) {
            String[] parts =
                    Message.of("describe.theme.minded." + minded).in(language).split("\\|", -1);
            return new Form(parts[0], "", "", parts[1], said);
        }
        String tone = aspect ? theme.feeling().name().toLowerCase(Locale.ROOT) : "about";
        return new Form("", "", "", tail(tone, known, language), said);
    }

    private static String tail(String tone, String known, Language language) {
        boolean felt = !tone.equals("about");
        String word = felt && language == Language.ENGLISH ? English.the(known) : known;
        return Message.of("describe.theme.tail." + tone, "word", word).in(language);
    }

    /** The word in quotation marks, with what it means where the reader's language is another. */
    static String mention(Theme theme, Language language) {
        String quoted = "“" + theme.word() + "”";
        if (theme.han() == (language == Language.CHINESE)) return quoted;
        String meaning = Lexicon.find(theme.word()).map(e -> e.in(language)).orElse("");
        if (meaning.isEmpty()) return quoted;
        return quoted + (language == Language.CHINESE ? "（" + meaning + "）" : " (" + meaning + ")");
    }

    /** True for a word that means something by itself: the fit, but not great. */
    static boolean telling(Theme theme) {
        return Lexicon.find(theme.word()).isPresent() || !Words.weak(theme.word());
    }

    private static boolean plainNoun(String word) {
        if (Words.han(word)) return word.length() >= 2;
        for (String w : word.split(" ")) if (Words.weak(w)) return false;
        return !word.matches(".*(ing|ed|ful|ous|ive|able|ible|est|y|ish|less|er)");
    }
}
