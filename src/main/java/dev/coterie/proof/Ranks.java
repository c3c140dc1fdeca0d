package dev.coterie.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Superlatives: true only if the ledger has the figure of every segment and this one leads. */
final class Ranks {
    private static final Pattern SUPERLATIVE =
            Pattern.compile(
                    "(?i)\\b(?:(?<high>largest|biggest|highest|oldest|greatest|strongest|longest|most)|(?<low>smallest|lowest|youngest|fewest|weakest|shortest|least))\\b"
                            + "|最(?:(?<gao>大|高|多|长|久|强|年长|活跃|频繁|忠诚)|(?<di>小|低|少|短|弱|年轻|不活跃))"
                            + "|(?<first>居首|首位|排名|名列|领先于所有|垫底|末位)");

    /** Superlatives that rank no segment. */
    private static final Pattern HARMLESS =
            Pattern.compile("(?i)\\bat (?:least|most)\\b|smallest rise|最小提升|最小的提升|最高级");

    private static final Pattern OF_SIZE =
            Pattern.compile("(?i)\\b(?:largest|biggest|smallest)\\b(?! rise)|规模最|最[大小]的?客群");

    private final Map<String, Fact> facts;
    private final int segment;

    Ranks(Map<String, Fact> facts, int segment) {
        this.facts = facts;
        this.segment = segment;
    }

    boolean wrong(String sentence, List<Fact> cited) {
        String plain = HARMLESS.matcher(sentence).replaceAll(" ");
        Matcher matcher = SUPERLATIVE.matcher(plain);
        while (matcher.find()) {
            if (matcher.group("first") != null) return true;
            boolean high = matcher.group("high") != null || matcher.group("gao") != null;
            List<Fact> measures = new ArrayList<>(ranked(plain, matcher.start(), cited));
            if (OF_SIZE.matcher(plain).find()) measures.addAll(size());
            if (measures.stream().noneMatch(f -> leads(f, high))) return true;
        }
        return false;
    }

    /** The figure right before the superlative; all cited ones if none stands before it. */
    private List<Fact> ranked(String sentence, int superlative, List<Fact> cited) {
        List<Fact> before =
                References.ids(sentence.substring(0, superlative)).stream()
                        .map(facts::get)
                        .filter(f -> !ofOthers(f))
                        .toList();
        return before.isEmpty() ? cited : before.subList(before.size() - 1, before.size());
    }

    private List<Fact> size() {
        return facts.values().stream()
                .filter(f -> f.segment() == segment)
                .filter(f -> f.label().key().equals("describe.fact.size"))
                .toList();
    }

    private boolean leads(Fact fact, boolean high) {
        if (fact.segment() != segment || ofOthers(fact)) return false;
        List<Fact> all =
                facts.values().stream()
                        .filter(f -> f.segment() > 0 && !ofOthers(f) && sameMeasure(f, fact))
                        .toList();
        long segments =
                facts.values().stream()
                        .mapToInt(Fact::segment)
                        .distinct()
                        .filter(s -> s > 0)
                        .count();
        if (all.stream().mapToInt(Fact::segment).distinct().count() < segments) return false;
        return all.stream()
                .filter(f -> f.segment() != segment)
                .allMatch(f -> high ? fact.value() > f.value() : fact.value() < f.value());
    }

    /** True for a figure of the customers outside a segment. */
    static boolean ofOthers(Fact fact) {
        return fact.filter().key().equals("describe.filter.others")
                || fact.label().key().endsWith("_elsewhere");
    }

    static boolean sameMeasure(Fact a, Fact b) {
        if (a.unit() != b.unit()) return false;
        if (a.label().equals(b.label())) return true;
        String x = a.label().key().replaceAll("_(?:elsewhere|share)$", "");
        return x.equals(b.label().key().replaceAll("_(?:elsewhere|share)$", ""))
                && a.label().key().contains("peak");
    }
}
