package dev.coterie.describe;

import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.words.English;
import dev.coterie.words.Lexicon;
import dev.coterie.words.Stem;
import dev.coterie.words.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names of segments that are known by their texts alone: what the texts are about, then what they
 * are. "Card arrival questions", 银行卡到货咨询.
 */
final class Topics {
    private static final Pattern QUESTION =
            Pattern.compile(
                    "(?i)\\?\\s*$|？|^(how|what|why|when|where|who|which|can|could|do|does|did|is|are|will|would|should|may)\\b|吗|怎么|如何|什么");
    private static final Pattern PROBLEM =
            Pattern.compile(
                    "(?i)n['’]t\\b|\\b(not|never|still|wrong|fail\\w*|declin\\w*|lost|stolen|why|problem\\w*|issue\\w*|error\\w*|missing|incorrect\\w*|unauthori[sz]ed|reject\\w*|broken|stuck)\\b|没|不|坏|错");
    private static final Pattern REVIEW = Pattern.compile("(?i)review|comment|feedback|评价|评论|点评");

    private Topics() {}

    /** True for a column of reviews, by its name. */
    static boolean review(String column) {
        return REVIEW.matcher(column).find();
    }

    /** What kind of writing a segment's texts are: the key's last part. */
    static String kind(List<String> texts, String column, boolean rated) {
        if (texts.isEmpty()) return "messages";
        if (rated || review(column)) return "reviews";
        double n = texts.size();
        long problems = texts.stream().filter(t -> PROBLEM.matcher(t).find()).count();
        long questions = texts.stream().filter(t -> QUESTION.matcher(t.strip()).find()).count();
        if (problems / n >= 0.72) return "problems";
        if (questions / n >= 0.45) return "questions";
        double words = texts.stream().mapToInt(t -> Words.of(t).size()).average().orElse(0);
        return words > 25 ? "messages" : "requests";
    }

    /** Names for one segment, best first. */
    static List<String> names(List<Theme> themes, String kind, Language language) {
        var parts = new ArrayList<Part>();
        for (Theme theme : themes) {
            for (Part part : parts(theme, language)) {
                if (parts.stream().noneMatch(p -> p.word.equalsIgnoreCase(part.word)))
                    parts.add(part);
            }
        }
        var names = new ArrayList<String>();
        for (String core : cores(parts, language)) {
            names.add(
                    English.capital(
                            Message.of("describe.topic." + kind, "core", core).in(language)));
        }
        String spare = kind.equals("questions") ? "problems" : "questions";
        if (kind.equals("reviews")) spare = "messages";
        for (String core : cores(parts, language)) {
            names.add(
                    English.capital(
                            Message.of("describe.topic." + spare, "core", core).in(language)));
        }
        foreign(themes, language).ifPresent(names::add);
        return names;
    }

    private enum Place {
        QUALITY,
        NOUN,
        ACT
    }

    private record Part(String word, Place place, double strength, String phrase) {}

    private static List<Part> parts(Theme theme, Language language) {
        Optional<Lexicon.Entry> whole = Lexicon.find(theme.word());
        if (whole.isPresent()) return part(theme.word(), whole, theme, language);
        if (theme.han()) {
            boolean own = language == Language.CHINESE && !Words.weak(theme.word());
            return own
                    ? List.of(new Part(theme.word(), Place.NOUN, theme.strength(), theme.word()))
                    : List.of();
        }
        var out = new ArrayList<Part>();
        for (String word : theme.word().split(" ")) {
            out.addAll(part(word, Lexicon.find(word), theme, language));
        }
        return out;
    }

    private static List<Part> part(
            String word, Optional<Lexicon.Entry> entry, Theme theme, Language language) {
        double strength = theme.strength();
        if (entry.isEmpty()) {
            boolean noun =
                    language == Language.ENGLISH
                            && !Words.han(word)
                            && !Words.weak(word)
                            && !word.matches(".*(ing|ed|ful|ous|ive|able|est|ly)");
            return noun ? List.of(new Part(word, Place.NOUN, strength, theme.word())) : List.of();
        }
        Lexicon.Kind kind = entry.get().kind();
        boolean column = kind == Lexicon.Kind.COLUMN && !Words.han(word);
        if (kind == Lexicon.Kind.VALUE || kind == Lexicon.Kind.COLUMN && !column) return List.of();
        String known = entry.get().naming(word, language);
        if (known.isEmpty()) return List.of();
        Place place =
                switch (kind) {
                    case ACT -> Place.ACT;
                    case QUALITY -> Place.QUALITY;
                    default -> Place.NOUN;
                };
        return List.of(new Part(known, place, strength, theme.word()));
    }

    /** Qualities stand before nouns, nouns before acts. */
    private static List<String> cores(List<Part> parts, Language language) {
        String gap = language == Language.CHINESE ? "" : " ";
        List<Part> top = parts.subList(0, Math.min(7, parts.size()));
        record Core(String text, double score) {}
        var cores = new ArrayList<Core>();
        for (int i = 0; i < top.size(); i++) {
            Part a = top.get(i);
            if (a.place != Place.QUALITY) cores.add(new Core(a.word, a.strength * 0.9));
            for (int j = i + 1; j < top.size(); j++) {
                Part b = top.get(j);
                if (a.place == b.place && a.place != Place.NOUN || repeats(a.word, b.word))
                    continue;
                boolean swap = b.place.ordinal() < a.place.ordinal();
                boolean together = a.phrase.equals(b.phrase);
                double score = a.strength + 0.6 * b.strength + (together ? 0.3 : 0);
                if (a.place == Place.NOUN && b.place == Place.NOUN && !together) score *= 0.8;
                String text = swap ? b.word + gap + a.word : a.word + gap + b.word;
                cores.add(new Core(text, score));
            }
        }
        cores.sort(java.util.Comparator.comparingDouble((Core c) -> -c.score));
        return cores.stream().map(Core::text).distinct().limit(14).toList();
    }

    /** True if the two would stutter: exchange rate exchange, 登录密码密码. */
    private static boolean repeats(String a, String b) {
        if (Words.han(a)) return a.contains(b) || b.contains(a);
        for (String word : a.split(" ")) {
            for (String other : b.split(" ")) {
                if (Stem.word(word).equals(Stem.word(other))) return true;
            }
        }
        return false;
    }

    private static Optional<String> foreign(List<Theme> themes, Language language) {
        List<String> words =
                themes.stream()
                        .filter(t -> t.han() != (language == Language.CHINESE))
                        .filter(t -> !Words.weak(t.word()))
                        .limit(2)
                        .map(t -> "“" + t.word() + "”")
                        .toList();
        if (words.isEmpty()) return Optional.empty();
        String joined = language == Language.CHINESE ? String.join("和", words) : English.and(words);
        return Optional.of(Message.of("describe.topic.foreign", "words", joined).in(language));
    }
}
