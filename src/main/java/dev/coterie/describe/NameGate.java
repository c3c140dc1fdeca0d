package dev.coterie.describe;

import dev.coterie.language.Language;
import dev.coterie.prepare.CustomerText;
import dev.coterie.proof.NumberGate;
import dev.coterie.proof.ReplyGate;
import dev.coterie.proof.Spotlight;
import dev.coterie.words.Stem;
import dev.coterie.words.Words;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Decides whether a model's name for a segment may be used: in form, distinct from its siblings,
 * carried by the segment's own words and facts, and not copied from a few customers' texts.
 */
final class NameGate {
    private static final int HAN_RUN = 4;
    private static final Pattern SHOUTED = Pattern.compile("(?<!\\p{L})\\p{Lu}{3,}(?!\\p{L})");
    private static final Pattern SAFE = Pattern.compile("[\\p{L}\\p{M} ,，、·&'’“”-]+");

    private final Language language;
    private final List<CustomerText> texts;

    NameGate(Language language, List<CustomerText> texts) {
        this.language = language;
        this.texts = texts;
    }

    /** What speaks for a name: words that the segment's figures and distinctive words hold. */
    record Support(Set<String> stems, Set<String> han, String phrases) {
        /**
         * @param phrases labels, values, the narrator's words: weak ones in them carry nothing
         * @param frequent distinctive words, which carry a name however plain they are
         */
        static Support of(Collection<String> phrases, Collection<String> frequent) {
            var stems = new HashSet<String>();
            var han = new HashSet<String>();
            for (String phrase : phrases) learn(phrase, false, stems, han);
            for (String word : frequent) learn(word, true, stems, han);
            String all = String.join("\n", phrases) + "\n" + String.join("\n", frequent);
            return new Support(stems, han, all.toLowerCase(Locale.ROOT));
        }

        private static void learn(String phrase, boolean weak, Set<String> stems, Set<String> han) {
            for (String word : Words.of(phrase)) {
                if (word.isEmpty() || !weak && Words.weak(word)) continue;
                if (!Words.han(word)) stems.add(Stem.word(word.toLowerCase(Locale.ROOT)));
                else if (word.length() > 1) han.add(word);
            }
        }

        /** True if at least half of a line's content words are the segment's own. */
        boolean carriesMost(String line) {
            if (Words.han(line)) return carries(line);
            List<String> content =
                    Words.of(line).stream().filter(w -> !w.isEmpty() && !Words.weak(w)).toList();
            long own = content.stream().filter(this::carries).count();
            return own > 0 && own * 2 >= content.size();
        }

        boolean carries(String text) {
            for (String word : han) if (text.contains(word)) return true;
            return Words.of(text).stream()
                    .filter(w -> !w.isEmpty() && !Words.han(w))
                    .flatMap(w -> List.of(w.split("-")).stream())
                    .anyMatch(w -> stems.contains(Stem.word(w.toLowerCase(Locale.ROOT))));
        }
    }

    /**
     * @param taken identities of the siblings' names
     * @return under which key the sentence stands that tells the model what is wrong; empty if the
     *     name may be used
     */
    Optional<String> problem(String name, Support support, Collection<String> taken) {
        boolean form =
                Names.valid(name, language)
                        && SAFE.matcher(name).matches()
                        && NumberGate.clean(name, List.of())
                        && !ReplyGate.foreign(name, language);
        if (!form) return Optional.of("name_form");
        if (taken.contains(Names.identity(name))) {
            return Optional.of("name_taken");
        }
        if (shouted(name, support)) return Optional.of("name_shouted");
        if (!support.carries(name)) {
            return Optional.of("name_unsupported");
        }
        if (copied(name, support)) {
            return Optional.of("name_copied");
        }
        return Optional.empty();
    }

    /** True if a word in capitals is none of the data's own. */
    private static boolean shouted(String name, Support support) {
        return SHOUTED.matcher(name)
                .results()
                .map(m -> m.group().toLowerCase(Locale.ROOT))
                .anyMatch(w -> !support.phrases().contains(w));
    }

    /** True if a run of two content words or four Han characters is said by a few people only. */
    private boolean copied(String name, Support support) {
        return runs(name).stream()
                .filter(run -> !support.phrases().contains(run))
                .anyMatch(
                        run -> {
                            int said = speakers(run);
                            return said > 0 && said < Disclosure.FEWEST;
                        });
    }

    /** Customers who say it; those with nearly the same text count once. */
    private int speakers(String run) {
        var customers = new HashSet<Integer>();
        var heard = new ArrayList<String>();
        for (CustomerText text : texts) {
            if (!text.text().toLowerCase(Locale.ROOT).contains(run)) continue;
            if (heard.stream().anyMatch(h -> Spotlight.alike(h, text.text()))) continue;
            heard.add(text.text());
            customers.add(text.customer());
            if (customers.size() >= Disclosure.FEWEST) break;
        }
        return customers.size();
    }

    static List<String> runs(String name) {
        var out = new ArrayList<String>();
        String lower = name.toLowerCase(Locale.ROOT);
        if (Words.han(lower)) {
            String own = lower.replaceAll("[^\\p{L}]", "");
            for (int i = 0; i + HAN_RUN <= own.length(); i++) {
                out.add(own.substring(i, i + HAN_RUN));
            }
            return out;
        }
        String[] words = lower.split("[^\\p{L}'’-]+");
        for (int i = 0; i + 1 < words.length; i++) {
            boolean content =
                    Words.of(words[i]).stream().anyMatch(w -> !w.isEmpty())
                            && Words.of(words[i + 1]).stream().anyMatch(w -> !w.isEmpty());
            if (content) out.add(words[i] + " " + words[i + 1]);
        }
        return out;
    }
}
