package dev.coterie.proof;

import dev.coterie.language.Language;
import dev.coterie.words.English;
import dev.coterie.words.Words;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sentences that name facts as {@code {{f12}}}. */
public final class References {
    public static final Pattern REFERENCE = Pattern.compile("\\{\\{\\s*(f\\d{1,6})\\s*}}");

    /** What stands before the first word of a sentence. */
    private static final Pattern OPENING = Pattern.compile("(?:^|[.!?]”?[\\s\\u00a0]+)$");

    private static final Pattern BEFORE_FIGURE = Pattern.compile("\\p{IsHan} $");

    private References() {}

    /**
     * The sentence with each figure in place; a reference to an unknown fact becomes a dash.
     *
     * @param smallCount as for {@link Figures#show(Fact, Language, int)}
     */
    public static String render(
            String sentence, Map<String, Fact> facts, Language language, int smallCount) {
        return render(sentence, facts, fact -> Figures.show(fact, language, smallCount));
    }

    /** The same for whoever the sentence is shared with: {@link Figures#shared}. */
    public static String shared(
            String sentence, Map<String, Fact> facts, Language language, int fewest) {
        return render(sentence, facts, fact -> Figures.shared(fact, language, fewest));
    }

    private static String render(
            String sentence, Map<String, Fact> facts, Function<Fact, String> shown) {
        var out = new StringBuilder();
        int from = 0;
        Matcher match = REFERENCE.matcher(sentence);
        while (match.find()) {
            out.append(sentence, from, match.start());
            Fact fact = facts.get(match.group(1));
            String figure = fact == null ? "–" : shown.apply(fact);
            // Digits stand apart from Chinese words; a bound, which begins with a word, does not.
            boolean apart = BEFORE_FIGURE.matcher(out).find();
            if (apart && Words.han(figure.substring(0, 1))) out.setLength(out.length() - 1);
            out.append(OPENING.matcher(out).find() ? English.capital(figure) : figure);
            from = match.end();
        }
        return out.append(sentence, from, sentence.length()).toString();
    }

    /** The sentence with other ids for the facts it names; an id without another stays. */
    public static String renamed(String sentence, Map<String, String> ids) {
        return REFERENCE
                .matcher(sentence)
                .replaceAll(
                        match -> {
                            String id = ids.getOrDefault(match.group(1), match.group(1));
                            return Matcher.quoteReplacement("{{" + id + "}}");
                        });
    }

    /** The ids that a sentence names, in order, repeats included. */
    public static List<String> ids(String sentence) {
        return REFERENCE.matcher(sentence).results().map(m -> m.group(1)).toList();
    }
}
