package dev.coterie.describe;

import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.words.English;
import dev.coterie.words.Stem;
import dev.coterie.words.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Builds names from traits: 2 to 6 words or 4 to 12 Han characters, no digits, each different from
 * its siblings.
 */
final class Names {
    private static final int LOOKED_AT = 9;

    /** A name that a segment already has may rest on traits that a new one would not choose. */
    private static final int LOOKED_AT_TO_KEEP = 24;

    private static final int MOST_CHARACTERS = 60;

    private final Language language;
    private final List<List<Trait>> traits;
    private final Form.Setting setting;
    private final List<List<String>> topics;

    /**
     * @param topics for each cluster names made of what its texts are about, best first; tried
     *     before all others where there is nothing else to go by
     */
    Names(
            Language language,
            List<List<Trait>> traits,
            Form.Setting setting,
            List<List<String>> topics) {
        this.language = language;
        this.traits = traits;
        this.setting = setting;
        this.topics = topics;
    }

    /**
     * What segments were called before; they are called so again where their traits still say so,
     * or their name is locked.
     *
     * @param wordings by cluster
     * @param traits all that is so of each cluster, also what is not told beside a better one;
     *     empty if there are no wordings
     */
    record Before(Map<Integer, EarlierWording.Kept> wordings, List<List<Trait>> traits) {
        /** True if the name could be made of what is so of the cluster now. */
        private boolean supports(int cluster, String name, Names names) {
            List<Trait> usable = traits.get(cluster).stream().filter(Trait::stillNameable).toList();
            return names.candidates(cluster, usable, LOOKED_AT_TO_KEEP).stream()
                    .anyMatch(candidate -> candidate.name().equals(name));
        }
    }

    /**
     * One name for each cluster.
     *
     * @param kept names that stand already, by cluster
     */
    List<String> all(Map<Integer, String> kept, Before before) {
        int k = traits.size();
        var names = new String[k];
        Set<String> taken = new HashSet<>();
        kept.forEach(
                (cluster, name) -> {
                    names[cluster] = name;
                    taken.add(identity(name));
                });
        keep(before, names, taken);
        if (k == 1) {
            String alike = Message.of("describe.name.alike").in(language);
            return List.of(names[0] == null ? alike : names[0]);
        }
        var candidates = new ArrayList<List<Candidate>>();
        for (int c = 0; c < k; c++) candidates.add(candidates(c));
        List<Integer> order =
                java.util.stream.IntStream.range(0, k)
                        .boxed()
                        .sorted(
                                Comparator.comparingDouble(
                                        (Integer c) ->
                                                candidates.get(c).isEmpty()
                                                        ? 0
                                                        : -candidates.get(c).get(0).score()))
                        .toList();
        var said = new Said();
        for (int c : order) {
            if (names[c] != null) continue;
            Optional<Candidate> best =
                    candidates.get(c).stream()
                            .filter(n -> valid(n.name(), language))
                            .filter(n -> !taken.contains(identity(n.name())))
                            // The first of equals: max would take the last.
                            .reduce((a, b) -> said.worth(b) > said.worth(a) ? b : a);
            best.ifPresent(said::add);
            best.ifPresent(b -> taken.add(identity(b.name())));
            names[c] =
                    best.map(Candidate::name)
                            .or(() -> weaker(c, taken))
                            .orElseGet(() -> lastResort(c, taken));
        }
        return List.of(names);
    }

    /** Locked names first, then those that the facts still support, in the clusters' order. */
    private void keep(Before before, String[] names, Set<String> taken) {
        var earlier = before.wordings();
        for (EarlierWording.Kept kept : earlier.values()) {
            kept.earlier().human().ifPresent(human -> taken.add(identity(human)));
        }
        for (boolean locked : new boolean[] {true, false}) {
            for (int c = 0; c < names.length; c++) {
                if (names[c] != null || !earlier.containsKey(c)) continue;
                if (earlier.get(c).earlier().locked() != locked) continue;
                String name = earlier.get(c).earlier().name(language).orElse("");
                if (!valid(name, language)) continue;
                if (!locked && !before.supports(c, name, this)) continue;
                if (taken.add(identity(name))) names[c] = name;
            }
        }
    }

    /** The rule that every name obeys, whoever wrote it. */
    static boolean valid(String name, Language language) {
        if (name.isBlank() || name.length() > MOST_CHARACTERS || !name.equals(name.strip()))
            return false;
        if (name.codePoints().anyMatch(Names::unsafe)) return false;
        long han =
                name.codePoints()
                        .filter(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN)
                        .count();
        if (language == Language.CHINESE) return han >= 4 && han <= 12;
        int words = name.split("\\s+").length;
        return words >= 2 && words <= 6;
    }

    private static boolean unsafe(int c) {
        int type = Character.getType(c);
        return Character.isDigit(c)
                || type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || "<>{}[]|\\`".indexOf(c) >= 0;
    }

    /** Two names are the same if they differ only in case, endings or order of words. */
    static String identity(String name) {
        if (Words.han(name)) return name.replaceAll("[的，、“”\\s]", "");
        String[] words = Stem.phrase(name.replaceAll("[^\\p{L} -]", "")).split(" ");
        java.util.Arrays.sort(words);
        return String.join(" ", words).toLowerCase(Locale.ROOT);
    }

    /** Names for a cluster, best first. */
    List<Candidate> candidates(int cluster) {
        List<Trait> usable = traits.get(cluster).stream().filter(Trait::nameable).toList();
        return candidates(cluster, usable, LOOKED_AT);
    }

    /**
     * @param traits what the name says; empty for a topic
     */
    record Candidate(String name, double score, List<Trait> traits) {}

    /** What the names given so far say, so that siblings do not all say the same. */
    static final class Said {
        /** Six kinds of satisfied reviewers tell a reader little. */
        private static final double AGAIN = 0.92;

        private static final double SAME_PRODUCT_AND_MOOD = 0.75;

        private final List<Candidate> names = new ArrayList<>();

        void add(Candidate name) {
            names.add(name);
        }

        double worth(Candidate name) {
            double worth = name.score();
            for (Candidate other : names) {
                for (Trait trait : name.traits()) {
                    if (other.traits().stream().anyMatch(t -> says(t, trait))) worth *= AGAIN;
                }
                if (Facet.sameOffer(name.traits(), other.traits())) worth *= SAME_PRODUCT_AND_MOOD;
            }
            return worth;
        }

        private static boolean says(Trait a, Trait b) {
            return a.key().equals(b.key()) && a.higher() == b.higher();
        }
    }

    private List<Candidate> candidates(int cluster, List<Trait> nameable, int lookedAt) {
        var out = new ArrayList<Candidate>();
        List<Trait> usable = nameable.subList(0, Math.min(lookedAt, nameable.size()));
        double most = usable.isEmpty() ? 0 : usable.get(0).score();
        for (int i = 0; i < usable.size(); i++) {
            add(out, List.of(usable.get(i)), most, 0.6);
            for (int j = i + 1; j < usable.size(); j++) {
                add(out, List.of(usable.get(i), usable.get(j)), most, 1);
                for (int l = j + 1; l < usable.size(); l++) {
                    add(out, List.of(usable.get(i), usable.get(j), usable.get(l)), most, 0.97);
                }
            }
        }
        double best = out.stream().mapToDouble(Candidate::score).max().orElse(0);
        List<String> topical = topics.get(cluster);
        for (int t = 0; t < topical.size(); t++) {
            out.add(new Candidate(topical.get(t), best + 1 - 0.01 * t, List.of()));
        }
        out.sort(
                Comparator.comparingDouble((Candidate c) -> -c.score())
                        .thenComparing(Candidate::name));
        return out;
    }

    private void add(List<Candidate> out, List<Trait> chosen, double best, double factor) {
        Optional<String> name = build(chosen);
        if (name.isEmpty()) return;
        double score = 0;
        for (Trait t : chosen) score += Math.sqrt(t.score());
        // Three traits must not win by their number alone: the weakest decides if it is worth it.
        double weakest = chosen.get(chosen.size() - 1).score() / best;
        if (chosen.size() > 1 && weakest < 0.12) factor *= 0.8;
        if (chosen.size() == 3 && weakest < 0.4) factor *= 0.85;
        if (chosen.size() > 1) factor *= Facet.variety(chosen);
        int length = name.get().length();
        int comfortable = language == Language.CHINESE ? 10 : 42;
        if (length > comfortable) factor *= 0.9;
        // A foreign word tells a Chinese reader little.
        if (name.get().indexOf('“') >= 0) factor *= 0.8;
        out.add(new Candidate(name.get(), score * factor, chosen));
    }

    private Optional<String> build(List<Trait> chosen) {
        var adjectives = new ArrayList<Trait>();
        String adjunct = "";
        String head = "";
        String tail = "";
        boolean paired = chosen.size() > 1 && Facet.pair(chosen.get(0), chosen.get(1));
        if (paired) {
            Optional<Form> both = Form.pair(chosen.get(0), chosen.get(1), setting, language);
            if (both.isEmpty()) return Optional.empty();
            adjunct = both.get().adjunct();
            head = both.get().head();
        }
        if (clash(chosen, paired)) return Optional.empty();
        for (Trait trait : paired ? chosen.subList(2, chosen.size()) : chosen) {
            if (Facet.implied(trait, chosen)) continue;
            Form form = Form.of(trait, setting, language);
            boolean whole = !form.adjunct().isEmpty() && !form.head().isEmpty();
            if (whole && adjunct.isEmpty() && head.isEmpty()) {
                adjunct = form.adjunct();
                head = form.head();
            } else if (whole) return Optional.empty();
            else if (!form.adjective().isEmpty() && adjectives.size() < 2) adjectives.add(trait);
            else if (!form.head().isEmpty() && head.isEmpty()) head = form.head();
            else if (!form.adjunct().isEmpty() && adjunct.isEmpty()) adjunct = form.adjunct();
            else if (!form.tail().isEmpty() && tail.isEmpty()) tail = form.tail();
            else return Optional.empty();
        }
        adjectives.sort(Comparator.comparingInt(Facet::place));
        List<String> words =
                adjectives.stream().map(t -> Form.of(t, setting, language).adjective()).toList();
        if (head.isEmpty()) head = head();
        return Optional.of(join(words, adjunct, head, tail));
    }

    /**
     * @param paired true if the first two are said as one
     */
    private static boolean clash(List<Trait> chosen, boolean paired) {
        for (int i = paired ? 2 : 1; i < chosen.size(); i++) {
            for (Trait earlier : chosen.subList(0, i)) {
                if (Facet.clash(earlier, chosen.get(i))) return true;
            }
        }
        return false;
    }

    String head() {
        return Message.of("describe.head." + setting.head()).in(language);
    }

    private String join(List<String> adjectives, String adjunct, String head, String tail) {
        if (language == Language.CHINESE) {
            // 新 and 老 stand right before the noun: 光纤新客户.
            var front = new ArrayList<>(adjectives);
            String last = front.stream().filter(a -> a.length() == 1).findFirst().orElse("");
            front.remove(last);
            String joined = tail + String.join("", front) + adjunct + last + head;
            return joined.replaceAll("的的", "的")
                    .replaceAll("(?<=\\p{IsHan})(?=[A-Za-z])|(?<=[A-Za-z])(?=\\p{IsHan})", " ")
                    .replaceAll("\\s+", " ")
                    .strip();
        }
        var words = new ArrayList<>(adjectives);
        if (!adjunct.isEmpty()) words.add(adjunct);
        words.add(head);
        String front = String.join(" ", words);
        String joined = tail.isEmpty() ? front : front + " " + tail;
        return English.capital(joined.replaceAll("\\s+", " ").replace(" ,", ","));
    }

    /** What is so of fewer or less clearly still says more than that customers are mixed. */
    private Optional<String> weaker(int cluster, Set<String> taken) {
        List<Trait> usable = traits.get(cluster).stream().filter(Trait::stillNameable).toList();
        return candidates(cluster, usable, LOOKED_AT_TO_KEEP).stream()
                .map(Candidate::name)
                .filter(name -> valid(name, language) && taken.add(identity(name)))
                .findFirst();
    }

    private String lastResort(int cluster, Set<String> taken) {
        String head = head();
        var tries = new ArrayList<String>();
        // What is only half distinctive still tells a colleague more than any general word.
        List<Trait> half = traits.get(cluster).stream().filter(Trait::stillNameable).toList();
        candidates(cluster, half, LOOKED_AT_TO_KEEP).forEach(c -> tries.add(c.name()));
        for (String key : List.of("mixed", "general", "other")) {
            tries.add(Message.of("describe.name." + key, "head", head).in(language));
        }
        for (Trait t : traits.get(cluster)) {
            t.theme()
                    .ifPresent(
                            theme ->
                                    tries.add(
                                            Message.of(
                                                            "describe.name.quoted",
                                                            "head",
                                                            head,
                                                            "word",
                                                            theme.word())
                                                    .in(language)));
        }
        for (char letter = 'A'; letter <= 'Z'; letter++) {
            for (char next = 'A'; next <= 'Z'; next++) {
                String group = next == 'A' ? "" + letter : "" + letter + next;
                tries.add(
                        Message.of("describe.name.group", "head", head, "letter", group)
                                .in(language));
            }
        }
        return tries.stream()
                .map(English::capital)
                .filter(n -> valid(n, language) && taken.add(identity(n)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no name left"));
    }
}
