package dev.coterie.describe;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.cn.smart.HMMChineseTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * Cuts a text into words. English by letters, Chinese by Lucene's hidden Markov segmentation.
 * Thread-safe.
 */
final class Words {
    private static final Pattern ENGLISH = Pattern.compile("\\p{L}+(?:['’-]\\p{L}+)*");
    private static final Set<String> STOP = list("stopwords-en.txt");
    private static final Set<String> STOP_HAN = list("stopwords-zh.txt");
    private static final Set<String> WEAK = list("weak-en.txt");
    private static final Set<String> WEAK_HAN = list("weak-zh.txt");
    private static final Analyzer CHINESE =
            new Analyzer() {
                @Override
                protected TokenStreamComponents createComponents(String field) {
                    Tokenizer tokenizer = new HMMChineseTokenizer();
                    return new TokenStreamComponents(tokenizer);
                }
            };

    private Words() {}

    /** True if any character is Han. */
    static boolean han(String text) {
        return text.codePoints().anyMatch(Words::han);
    }

    private static boolean han(int codePoint) {
        return Character.UnicodeScript.of(codePoint) == Character.UnicodeScript.HAN;
    }

    /** True if a third or more of the letters are Han. */
    static boolean chinese(String text) {
        int han = 0;
        int letters = 0;
        for (int i = 0; i < text.length() && letters < 400; i++) {
            char c = text.charAt(i);
            if (!Character.isLetter(c)) continue;
            letters++;
            if (han(c)) han++;
        }
        return han > 0 && han * 3 >= letters;
    }

    /** Stop words and punctuation, which break phrases, come as empty strings. */
    static List<String> of(String text) {
        return chinese(text) ? chineseWords(text) : englishWords(text);
    }

    private static List<String> englishWords(String text) {
        var out = new ArrayList<String>();
        var matcher = ENGLISH.matcher(text);
        int end = 0;
        while (matcher.find()) {
            if (text.substring(end, matcher.start()).matches("(?s).*[.!?,;:()\"].*")) out.add("");
            end = matcher.end();
            String word = matcher.group().toLowerCase(Locale.ROOT).replace('’', '\'');
            if (word.endsWith("'s")) word = word.substring(0, word.length() - 2);
            boolean stop = word.length() < 3 || word.contains("'") || STOP.contains(word);
            out.add(stop ? "" : word);
        }
        return out;
    }

    private static List<String> chineseWords(String text) {
        var out = new ArrayList<String>();
        try (var stream = CHINESE.tokenStream("", text.strip())) {
            var term = stream.addAttribute(CharTermAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                String word = term.toString().toLowerCase(Locale.ROOT);
                boolean letters = word.codePoints().allMatch(Character::isLetter);
                out.add(!letters || STOP_HAN.contains(word) ? "" : word);
            }
            stream.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out;
    }

    /** Words that tell little by themselves and never carry a name: nice, bought, 觉得. */
    static boolean weak(String word) {
        if (han(word)) return WEAK_HAN.contains(word);
        return WEAK.contains(word) || word.endsWith("ly");
    }

    private static Set<String> list(String resource) {
        var words = new HashSet<String>();
        try (var in = Words.class.getResourceAsStream(resource);
                var reader =
                        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            reader.lines()
                    .filter(l -> !l.startsWith("#"))
                    .flatMap(l -> List.of(l.split("\\s+")).stream())
                    .forEach(words::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        words.remove("");
        return Set.copyOf(words);
    }
}
