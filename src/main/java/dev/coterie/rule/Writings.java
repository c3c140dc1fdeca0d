package dev.coterie.rule;

import dev.coterie.language.Message;
import dev.coterie.prepare.CustomerText;
import dev.coterie.rule.RuleSample.Split;
import dev.coterie.rule.RuleSample.Test;
import dev.coterie.words.Words;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What customers wrote, searched the way a reader's database does it: a word is found as a part of
 * the text, ASCII letters in either case.
 */
final class Writings {
    static final String KEY = "text";
    private static final int MOST_WORDS = 24;

    private final List<CustomerText> texts;
    private final int[] start;
    private final String[] lowered;

    /** Who of those that are ready holds a word: segments share words and samples customers. */
    private final Map<String, BitSet> known = new ConcurrentHashMap<>();

    /**
     * @param texts ordered by customer
     * @param ready customers that are searched many times; their lower case is kept
     */
    Writings(List<CustomerText> texts, int customers, int[] ready) {
        this.texts = texts;
        start = new int[customers + 1];
        for (CustomerText t : texts) start[t.customer() + 1]++;
        for (int c = 0; c < customers; c++) start[c + 1] += start[c];
        lowered = new String[customers];
        for (int c : ready) lowered[c] = lower(c);
    }

    /** A customer's texts, parted by a line break, which no word holds. */
    private String lower(int customer) {
        var all = new StringBuilder();
        for (int i = start[customer]; i < start[customer + 1]; i++) {
            all.append(lower(texts.get(i).text())).append('\n');
        }
        return all.toString();
    }

    /** Lower case of ASCII letters only: beyond them databases differ. */
    static String lower(String text) {
        var out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            out.append(c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
        }
        return out.toString();
    }

    /** The words that a rule may ask for, of those that members use more than others. */
    static List<String> searchable(List<String> distinctive) {
        Set<String> words = new LinkedHashSet<>();
        for (String term : distinctive) {
            String word = lower(term);
            if (!word.codePoints().allMatch(Writings::sameEverywhere)) continue;
            words.add(word);
            singular(word).ifPresent(words::add);
        }
        return words.stream().limit(MOST_WORDS).toList();
    }

    private static boolean sameEverywhere(int c) {
        return c < 128 || Character.toLowerCase(c) == Character.toUpperCase(c);
    }

    /** As a part of a text the singular finds the plural too. */
    private static Optional<String> singular(String word) {
        if (Words.han(word) || !word.endsWith("s") || word.length() < 5) return Optional.empty();
        if (word.matches(".*(ss|x|z|ch|sh)es")) {
            return Optional.of(word.substring(0, word.length() - 2));
        }
        return word.matches(".*(ss|us|is|ies)")
                ? Optional.empty()
                : Optional.of(word.substring(0, word.length() - 1));
    }

    /** The conditions on these texts for one segment. */
    Asked asking(List<String> words) {
        var field = RuleField.of(KEY, RuleField.Kind.TEXT, Message.of("describe.rule.field.text"));
        return new Asked(field, this, words);
    }

    private BitSet search(String word) {
        var anyOf = List.of(word);
        var found = new BitSet();
        for (int c = 0; c < lowered.length; c++) {
            if (lowered[c] != null && contains(c, anyOf)) found.set(c);
        }
        return found;
    }

    private boolean contains(int customer, List<String> anyOf) {
        if (start[customer] == start[customer + 1]) return false;
        String text = lowered[customer] == null ? lower(customer) : lowered[customer];
        for (String word : anyOf) if (text.contains(word)) return true;
        return false;
    }

    /**
     * Texts that hold one of up to three words.
     *
     * @param words most distinctive first
     */
    record Asked(RuleField field, Writings writings, List<String> words) implements RuleColumn {
        @Override
        public boolean holds(Condition condition, int customer) {
            return condition instanceof Condition.Mentions m
                    && writings.contains(customer, m.anyOf());
        }

        @Override
        public List<Split> splits(int[] customers) {
            return List.of(); // which words are asked for depends on the segment
        }

        /** Each word alone, and joined by the one or two that raise F1 most. */
        @Override
        public List<Split> splits(int[] customers, Rows members) {
            List<Test> single =
                    words.stream()
                            .map(w -> new Test(mentions(List.of(w)), rows(w, customers)))
                            .filter(t -> t.rows().count() >= RuleSample.LEAST_SELECTED)
                            .toList();
            var tests = new ArrayList<>(single);
            for (Test first : single) {
                Test union = first;
                for (int n = 2; n <= Condition.MOST_VALUES; n++) {
                    Optional<Test> wider = widen(union, single, members);
                    if (wider.isEmpty()) break;
                    union = wider.get();
                    tests.add(union);
                }
            }
            return tests.stream().map(t -> new Split(t, Optional.empty())).toList();
        }

        private Rows rows(String word, int[] customers) {
            BitSet known = writings.known.computeIfAbsent(word, writings::search);
            var anyOf = List.of(word);
            return Rows.where(
                    customers.length,
                    i -> {
                        int customer = customers[i];
                        return writings.lowered[customer] == null
                                ? writings.contains(customer, anyOf)
                                : known.get(customer);
                    });
        }

        private Optional<Test> widen(Test union, List<Test> single, Rows members) {
            Test best = null;
            double most = f1(union.rows(), members);
            for (Test t : single) {
                Rows rows = union.rows().or(t.rows());
                double f1 = f1(rows, members);
                if (f1 <= most) continue;
                most = f1;
                best = new Test(mentions(either(union, t)), rows);
            }
            return Optional.ofNullable(best);
        }

        /** A text with "pants" has "pant" in it, so that asking for both says nothing more. */
        private static List<String> either(Test a, Test b) {
            var words = new ArrayList<>(((Condition.Mentions) a.condition()).anyOf());
            words.addAll(((Condition.Mentions) b.condition()).anyOf());
            return words.stream()
                    .filter(w -> words.stream().noneMatch(v -> !v.equals(w) && w.contains(v)))
                    .toList();
        }

        private static double f1(Rows rows, Rows members) {
            return 2.0 * rows.shared(members) / (rows.count() + members.count());
        }

        private Condition mentions(List<String> anyOf) {
            return new Condition.Mentions(field, anyOf);
        }
    }
}
