package dev.coterie.describe;

import dev.coterie.words.Stem;
import dev.coterie.words.Words;
import java.util.ArrayList;
import java.util.List;

/**
 * A theme with its stems between spaces, so that whole words are compared.
 *
 * @param users those of its customers who have a say in the choice of words
 */
record Phrase(Theme theme, int users, String padded) {
    static Phrase of(Theme theme, int users) {
        String word = theme.word();
        String stems = Words.han(word) ? word : " " + Stem.phrase(word) + " ";
        return new Phrase(theme, users, stems);
    }

    /** Of a phrase and a word within it only those are kept that people use apart. */
    static List<Phrase> distinct(List<Phrase> sorted) {
        var kept = new ArrayList<Phrase>();
        for (Phrase form : sorted) {
            List<Phrase> akin = kept.stream().filter(k -> k.overlaps(form)).toList();
            List<Phrase> inside =
                    akin.stream()
                            .filter(k -> form.longer(k) && form.users >= 0.7 * k.users)
                            .toList();
            boolean apart =
                    akin.stream().filter(k -> !inside.contains(k)).allMatch(form::standsApart);
            if (!apart) {
                kept.removeAll(inside); // a fragment of a phrase that itself says nothing new
                continue;
            }
            if (inside.isEmpty()) {
                kept.add(form);
            } else {
                kept.set(kept.indexOf(inside.get(0)), form);
                kept.removeAll(inside);
            }
        }
        return kept;
    }

    private boolean overlaps(Phrase other) {
        return padded.contains(other.padded) || other.padded.contains(padded);
    }

    private boolean longer(Phrase other) {
        return theme.word().length() > other.theme.word().length();
    }

    private boolean standsApart(Phrase other) {
        return users >= (longer(other) ? 0.25 : 1.6) * other.users;
    }
}
