package dev.coterie.chat;

import dev.coterie.describe.Attribute;
import dev.coterie.embed.SentenceEncoder;
import dev.coterie.language.Language;
import dev.coterie.tools.Fields;
import dev.coterie.tools.Spelling;
import dev.coterie.words.Words;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Scores the intents of a question by its nearest example: cosine of meaning, and the words they
 * share. The examples' vectors are computed on the first question. Thread-safe.
 */
final class IntentMatcher {
    private static final double WORDS = 0.15;

    /** From this cosine on, a field's name has to do with what was asked. */
    private static final double NEAR = 0.65;

    private static final double NEAR_CHINESE = 0.55;

    private static final Set<String> PLAIN =
            Set.of(
                    ("a an the is are was were be been am do does did have has had i me my we us our you your it its they"
                                    + " them their this that these those there here of in on at to for from by with and or not"
                                    + " no what which who whom whose how why when where can could would should will please"
                                    + " show tell give find get see look let one ones any some all each every much many more"
                                    + " most less least than then so very just also only about into out up down over under"
                                    + " really actually overall right now hey hi hello ok okay thanks want know like need lot"
                                    + " kind kinds sort type types segment segments group groups cluster clusters customer"
                                    + " customers people buyers users shoppers clients data seg compared share percent"
                                    + " percentage if as but off exactly ever current currently make makes making use uses used using")
                            .split(" "));

    private final Language language;
    private final Optional<SentenceEncoder> encoder;
    private final List<Example> examples;
    private final Set<String> vocabulary = new HashSet<>();
    private List<float[]> vectors = List.of();

    private record Example(Intent intent, String text, Set<String> words) {}

    IntentMatcher(Language language, Optional<SentenceEncoder> encoder) {
        this.language = language;
        this.encoder = encoder;
        this.examples = read(language);
        for (Example e : examples) if (e.intent() != Intent.OUTSIDE) vocabulary.addAll(e.words());
    }

    private static List<Example> read(Language language) {
        String file = language == Language.CHINESE ? "intents.zh.tsv" : "intents.en.tsv";
        try (var in = IntentMatcher.class.getResourceAsStream(file);
                var reader =
                        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines()
                    .filter(l -> !l.isBlank() && !l.startsWith("#"))
                    .map(l -> l.split("\t"))
                    .map(l -> new Example(Intent.of(l[0]).orElseThrow(), l[1], words(l[1])))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @param masked question with names and numbers replaced by plain ones
     * @return the score of each intent, about 0..1.15
     */
    Map<Intent, Double> scores(String masked) {
        Map<Intent, Double> best = new EnumMap<>(Intent.class);
        List<float[]> known = vectors();
        Optional<float[]> question = encoder.map(e -> e.encode(masked).vector());
        Set<String> words = words(masked);
        for (int i = 0; i < examples.size(); i++) {
            Example example = examples.get(i);
            double shared = dice(words, example.words());
            double score =
                    question.isPresent()
                            ? dot(question.get(), known.get(i)) + WORDS * shared
                            : shared;
            best.merge(example.intent(), score, Math::max);
        }
        return best;
    }

    /** Computes the examples' vectors now rather than on the first question. */
    void warm() {
        vectors();
    }

    /** True if meaning is compared, and not words alone. */
    boolean byMeaning() {
        return encoder.isPresent();
    }

    /**
     * The attribute whose name is nearest in meaning to what was asked; empty if none is near.
     *
     * @param language of the names
     */
    Optional<Attribute> nearest(String asked, Fields fields, Language language) {
        if (encoder.isEmpty()) return Optional.empty();
        String subject = OpenQuestion.subject(asked, this.language);
        if (subject.isEmpty()) return Optional.empty();
        float[] question = encoder.get().encode(subject).vector();
        Attribute best = null;
        double most = this.language == Language.CHINESE ? NEAR_CHINESE : NEAR;
        for (var name : fields.vectors(language, n -> encoder.get().encode(n).vector())) {
            for (float[] word : name.vectors()) {
                double cosine = dot(question, word);
                if (cosine > most) {
                    most = cosine;
                    best = name.attribute();
                }
            }
        }
        return Optional.ofNullable(best);
    }

    private synchronized List<float[]> vectors() {
        if (vectors.isEmpty() && encoder.isPresent()) {
            vectors =
                    examples.parallelStream()
                            .map(e -> encoder.get().encode(e.text()).vector())
                            .toList();
        }
        return vectors;
    }

    /**
     * English words of the question that no example and no plain question has, typos forgiven;
     * Chinese has no word borders and gives none.
     */
    List<String> strange(String masked, Set<String> known) {
        var strange = new ArrayList<String>();
        if (language == Language.CHINESE) return strange;
        for (String word : masked.toLowerCase(Locale.ROOT).split("[^\\p{L}]+")) {
            String stem = Fields.stem(word);
            if (word.length() < 3 || PLAIN.contains(word) || known.contains(stem)) continue;
            boolean common =
                    vocabulary.contains(stem)
                            || vocabulary.stream().anyMatch(v -> Spelling.same(v, stem))
                            || PLAIN.stream().anyMatch(v -> Spelling.same(v, word));
            if (!common) strange.add(word);
        }
        return strange;
    }

    /** Words that questions are made of, as they are written. */
    Set<String> questionWords() {
        var all = new HashSet<String>(PLAIN);
        all.addAll(
                language == Language.CHINESE ? LooseWords.CHINESE_WORDS : LooseWords.ENGLISH_WORDS);
        for (Example e : examples) {
            if (e.intent() == Intent.OUTSIDE) continue;
            for (String word : e.text().toLowerCase(Locale.ROOT).split("[^\\p{L}]+")) {
                if (word.length() > 2 && !Words.han(word)) all.add(word);
            }
        }
        return all;
    }

    /** True for words that carry no subject of their own. */
    static boolean plain(String word) {
        return PLAIN.contains(word);
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) sum += a[i] * b[i];
        return sum;
    }

    /** Stems of English words, pairs of neighbouring Han characters. */
    private static Set<String> words(String text) {
        var words = new HashSet<String>();
        String lower = text.toLowerCase(Locale.ROOT);
        for (String word : lower.split("[^\\p{L}]+")) {
            if (word.isEmpty()) continue;
            if (!Words.han(word)) {
                words.add(Fields.stem(word));
                continue;
            }
            for (int i = 0; i + 1 < word.length(); i++) words.add(word.substring(i, i + 2));
        }
        return words;
    }

    private static double dice(Set<String> a, Set<String> b) {
        if (a.isEmpty() || b.isEmpty()) return 0;
        long shared = a.stream().filter(b::contains).count();
        return 2.0 * shared / (a.size() + b.size());
    }
}
