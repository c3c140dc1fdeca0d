package dev.coterie.describe;

import dev.coterie.language.Language;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sentences that name facts as {@code {{f12}}}. */
public final class References {
    static final Pattern REFERENCE = Pattern.compile("\\{\\{\\s*(f\\d{1,6})\\s*}}");

    private References() {}

    /** The sentence with each figure in place; a reference to an unknown fact becomes a dash. */
    public static String render(String sentence, Map<String, Fact> facts, Language language) {
        return render(sentence, facts, language, Figures.SMALL_COUNT);
    }

    /** As above, with the threshold below which counts are withheld. */
    public static String render(
            String sentence, Map<String, Fact> facts, Language language, int smallCount) {
        return REFERENCE
                .matcher(sentence)
                .replaceAll(
                        match -> {
                            Fact fact = facts.get(match.group(1));
                            String shown =
                                    fact == null ? "–" : Figures.show(fact, language, smallCount);
                            return Matcher.quoteReplacement(shown);
                        });
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
