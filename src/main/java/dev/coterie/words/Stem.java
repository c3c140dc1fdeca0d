package dev.coterie.words;

import java.util.List;
import java.util.Locale;

/**
 * Light stemming of English, used only to see that two forms are one word; people never see a stem.
 */
public final class Stem {
    private static final List<String> HISSING = List.of("sses", "xes", "zes", "ches", "shes");
    private static final List<String> NO_PLURAL = List.of("ss", "us", "is");

    private Stem() {}

    /** Stems each word of a phrase. */
    public static String phrase(String phrase) {
        var out = new StringBuilder();
        for (String w : phrase.toLowerCase(Locale.ROOT).strip().split("[\\s-]+")) {
            if (out.length() > 0) out.append(' ');
            out.append(word(w));
        }
        return out.toString();
    }

    /** The stem of one English word, in lower case. */
    public static String word(String word) {
        String w = word.toLowerCase(Locale.ROOT);
        if (w.endsWith("'s") || w.endsWith("’s")) w = w.substring(0, w.length() - 2);
        if (w.length() < 4) return w;
        if (w.endsWith("ies")) w = cut(w, 3) + "y";
        else if (ends(w, HISSING)) w = cut(w, 2);
        else if (w.endsWith("s") && !ends(w, NO_PLURAL)) w = cut(w, 1);
        if (w.endsWith("ing") && vowel(cut(w, 3)) && w.length() >= 6) w = undouble(cut(w, 3));
        else if (w.endsWith("ed") && !w.endsWith("eed") && vowel(cut(w, 2)) && w.length() >= 5)
            w = undouble(cut(w, 2));
        if (w.length() > 3 && w.endsWith("ie")) return cut(w, 2) + "y";
        if (w.length() > 3 && w.endsWith("i")) return cut(w, 1) + "y";
        return w.length() > 3 && w.endsWith("e") ? cut(w, 1) : w;
    }

    private static String cut(String w, int letters) {
        return w.substring(0, w.length() - letters);
    }

    private static boolean vowel(String w) {
        for (int i = 0; i < w.length(); i++) if ("aeiouy".indexOf(w.charAt(i)) >= 0) return true;
        return false;
    }

    private static boolean ends(String w, List<String> endings) {
        for (String ending : endings) if (w.endsWith(ending)) return true;
        return false;
    }

    private static String undouble(String w) {
        int last = w.length() - 1;
        boolean twice = last > 1 && w.charAt(last) == w.charAt(last - 1);
        return twice && "lsz".indexOf(w.charAt(last)) < 0 ? w.substring(0, last) : w;
    }
}
