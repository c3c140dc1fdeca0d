package dev.coterie.embed;

import java.lang.Character.UnicodeScript;
import java.util.List;

/**
 * The language that most texts are written in, by script: a text with a Han character among each
 * four letters is Chinese.
 *
 * @param main {@code en} or {@code zh}
 * @param others share of texts in the other language, 0..1
 */
public record TextLanguage(String main, double others) {
    /**
     * No Han character is below this block, and most letters are: the look-up by script is slow.
     */
    private static final int FIRST_HAN_BLOCK = 0x2E80;

    /** Looks at every text. */
    public static TextLanguage of(List<String> texts) {
        long chinese = texts.stream().filter(TextLanguage::isChinese).count();
        double share = texts.isEmpty() ? 0 : (double) chinese / texts.size();
        return share > 0.5 ? new TextLanguage("zh", 1 - share) : new TextLanguage("en", share);
    }

    /** True if at least a quarter of the text's letters are Han characters. */
    public static boolean isChinese(String text) {
        int han = 0;
        int letters = 0;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            if (!Character.isLetter(point)) continue;
            letters++;
            if (point >= FIRST_HAN_BLOCK && UnicodeScript.of(point) == UnicodeScript.HAN) han++;
        }
        return han * 4 >= letters && han > 0;
    }
}
