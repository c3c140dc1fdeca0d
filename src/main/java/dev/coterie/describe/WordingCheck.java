package dev.coterie.describe;

import dev.coterie.language.Language;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Decides whether a model's words about one segment may be shown. */
final class WordingCheck {
    private static final Pattern QUOTED = Pattern.compile("[“\"「]([^”\"」]{2,})[”\"」]");
    private static final int MOST_SENTENCES = 6;
    private static final int LONGEST = 400;

    private final Language language;
    private final Map<String, Fact> facts;
    private final Set<String> known;
    private final List<Quote> quotes;
    private final Collection<String> taken;
    private final ClaimGate gate;

    /**
     * @param known ids of the facts that speak of the segment
     * @param taken identities of the siblings' names
     */
    WordingCheck(
            Language language,
            Map<String, Fact> facts,
            List<String> known,
            List<Quote> quotes,
            Collection<String> taken) {
        this.language = language;
        this.facts = facts;
        this.known = new HashSet<>(known);
        this.quotes = quotes;
        this.taken = taken;
        int segment = known.stream().mapToInt(id -> facts.get(id).segment()).max().orElse(0);
        this.gate = new ClaimGate(facts, segment, List.of(), language);
    }

    /** What is wrong, in sentences for the model; empty if nothing is. */
    List<String> problems(SegmentNamer.Words words) {
        var problems = new ArrayList<String>();
        String name = words.name().strip();
        if (!Names.valid(name, language) || !NumberGate.clean(name, List.of()))
            problems.add("The name breaks the rules for names.");
        if (taken.contains(Names.identity(name))) problems.add("The name is taken by a sibling.");
        List<String> verified = verified(words.who());
        if (!NumberGate.clean(words.who(), verified) || words.who().length() > LONGEST)
            problems.add("The line “who” states a number or is too long.");
        if (words.sentences().size() < 2 || words.sentences().size() > MOST_SENTENCES)
            problems.add("Write three to six sentences.");
        for (String sentence : words.sentences()) sentence(sentence, problems);
        return problems;
    }

    private void sentence(String sentence, List<String> problems) {
        List<String> ids = References.ids(sentence);
        List<String> verified = verified(sentence);
        List<String> allowed = new ArrayList<>(verified);
        for (String id : ids) {
            if (!known.contains(id)) problems.add("There is no fact " + id + " for this segment.");
            else allowed.addAll(NumberGate.phrases(facts.get(id), language));
        }
        if (ids.isEmpty() && verified.isEmpty())
            problems.add("A sentence refers to no fact and quotes nobody.");
        if (!NumberGate.clean(sentence, allowed))
            problems.add("A sentence states a number in its own words.");
        else {
            gate.check(sentence, List.of(), allowed).stream()
                    .map(f -> "A sentence claims what its facts do not say: " + f.fault().word())
                    .forEach(p -> problems.add(p + "."));
        }
        if (sentence.length() > LONGEST
                || sentence.matches("(?s).*[<>{}].*") && !bracesAreReferences(sentence))
            problems.add("A sentence is too long or holds markup.");
    }

    private static boolean bracesAreReferences(String sentence) {
        return !References.REFERENCE.matcher(sentence).replaceAll("").matches("(?s).*[<>{}].*");
    }

    /** The quoted passages that stand word for word in one of the segment's quotes. */
    private List<String> verified(String sentence) {
        var out = new ArrayList<String>();
        Matcher matcher = QUOTED.matcher(sentence);
        while (matcher.find()) {
            String passage = matcher.group(1);
            boolean spoken = quotes.stream().anyMatch(q -> q.text().contains(passage));
            boolean word =
                    facts.values().stream()
                            .anyMatch(
                                    f ->
                                            known.contains(f.id())
                                                    && f.label().in(language).contains(passage));
            if (spoken || word) out.add(passage);
        }
        return out;
    }
}
