package dev.coterie.brief;

import com.ibm.icu.text.BreakIterator;
import dev.coterie.brief.Brief.Item;
import dev.coterie.describe.Analysis;
import dev.coterie.describe.Difference;
import dev.coterie.describe.Disclosure;
import dev.coterie.describe.DistinctiveWord;
import dev.coterie.describe.Opinions;
import dev.coterie.describe.Quote;
import dev.coterie.describe.SegmentProfile;
import dev.coterie.language.Message;
import dev.coterie.prepare.CustomerText;
import dev.coterie.proof.Fact;
import dev.coterie.words.PersonalData;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** What the customers write about, in their own words. */
final class Voices {
    private static final int FEWEST_THEMES = 3;
    private static final int MOST_THEMES = 4;
    private static final int QUOTES = 2;
    private static final int LONGEST_QUOTE = 160;

    private static final Pattern WISH =
            Pattern.compile("(?i)\\b(?:wish|wished|hoping|hoped|unfortunately)\\b|希望|可惜|要是");

    /** Turns against what was said before: a pain, unless the sentence praises all the same. */
    private static final Pattern TURN = Pattern.compile("(?i)\\b(?:however|but)\\b|但是|不过");

    private static final Pattern ENDED = Pattern.compile("[\\p{P}～~]$");

    /** A word whose users are mostly those of an earlier one is the same theme again. */
    private static final double SAME_THEME = 0.6;

    private final BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ROOT);
    private final Analysis analysis;
    private final SegmentProfile segment;
    private final BriefFacts facts;
    private final Statements say;
    private final List<Integer> members;
    private final Map<Integer, String> lowered = new HashMap<>();
    private final Set<Integer> heard = new HashSet<>();
    private final List<String> told = new ArrayList<>();
    private final boolean content;

    Voices(Analysis analysis, SegmentProfile segment, BriefFacts facts, Statements say) {
        this.analysis = analysis;
        this.segment = segment;
        this.facts = facts;
        this.say = say;
        this.content = Needs.of(segment).stream().noneMatch(n -> n.key().equals("displeased"));
        int[] labels = analysis.segmentation().labels();
        List<CustomerText> texts = analysis.customers().texts();
        this.members =
                IntStream.range(0, texts.size())
                        .filter(i -> labels[texts.get(i).customer()] == segment.number() - 1)
                        .boxed()
                        .toList();
        for (int i : members) lowered.put(i, texts.get(i).text().toLowerCase(Locale.ROOT));
    }

    List<Item> pains() {
        if (analysis.customers().texts().isEmpty()) return List.of(say.data("pain.none"));
        var items = new ArrayList<Item>();
        for (DistinctiveWord word : themes()) items.add(theme(word, share(word).orElseThrow()));
        if (items.isEmpty()) items.add(say.data("pain.few"));
        segment.quotes().stream()
                .filter(q -> q.kind() == Quote.Kind.OPPOSING)
                .findFirst()
                .ifPresent(q -> items.add(say.quoted(List.of(q), "pain.opposing")));
        return items;
    }

    /** Words that speak of something new each; others fill up where those are few. */
    private List<DistinctiveWord> themes() {
        var themes = new ArrayList<DistinctiveWord>();
        var again = new ArrayList<DistinctiveWord>();
        Set<Integer> covered = new HashSet<>();
        for (DistinctiveWord word : segment.words()) {
            boolean few = word.customers() < Math.min(Disclosure.FEWEST, segment.size() / 4);
            boolean empty = word.weak() && Needs.word(word.word()).isEmpty();
            if (few || empty || share(word).isEmpty()) continue;
            if (themes.stream().anyMatch(t -> within(t.word(), word.word()))) continue;
            Set<Integer> users = users(word);
            long known = users.stream().filter(covered::contains).count();
            if (known > SAME_THEME * users.size()) again.add(word);
            else if (themes.size() < MOST_THEMES) {
                covered.addAll(users);
                themes.add(word);
            }
        }
        while (themes.size() < FEWEST_THEMES && !again.isEmpty()) themes.add(again.remove(0));
        return themes;
    }

    private static boolean within(String one, String other) {
        return one.contains(other) || other.contains(one);
    }

    private Optional<Difference> share(DistinctiveWord word) {
        return segment.differences().stream()
                .filter(d -> d.attribute().equals("word:" + word.word()))
                .findFirst();
    }

    private Item theme(DistinctiveWord word, Difference share) {
        String count =
                facts.add(
                        Message.of("brief.fact.theme_customers", "word", word.word()),
                        "theme_customers",
                        word.customers(),
                        Fact.Unit.COUNT,
                        share.n());
        Item item =
                say.quoted(
                        quotesWith(word),
                        "pain",
                        "word",
                        word.word(),
                        "customers",
                        count,
                        "share",
                        BriefFacts.here(share),
                        "other",
                        BriefFacts.other(share));
        return Statements.about("word:" + word.word(), item);
    }

    private Set<Integer> users(DistinctiveWord word) {
        var users = new HashSet<Integer>();
        for (int i : members) {
            CustomerText text = analysis.customers().texts().get(i);
            if (holds(i, word)) users.add(text.customer());
        }
        return users;
    }

    private boolean holds(int text, DistinctiveWord word) {
        // What does not hold its letters needs no look at where its words begin.
        return lowered.get(text).contains(word.word().toLowerCase(Locale.ROOT))
                && word.in(lowered.get(text));
    }

    /**
     * Two sentences of different customers that use the word, unbroken and without masks: first
     * those that find fault or wish for something, then those that do neither. Praise is no pain;
     * it comes last, and not at all where the customers are less content than others.
     */
    private List<Quote> quotesWith(DistinctiveWord word) {
        var quotes = new ArrayList<Quote>();
        for (boolean telling : new boolean[] {true, false}) {
            for (Mood mood : content ? Mood.ALL : Mood.WITHOUT_PRAISE) {
                for (int i : members) {
                    if (quotes.size() == QUOTES) return quotes;
                    CustomerText text = analysis.customers().texts().get(i);
                    if (heard.contains(text.customer()) || !holds(i, word)) continue;
                    Optional<String> sentence = sentenceWith(word, text.text(), telling, mood);
                    if (sentence.isEmpty() || PersonalData.found(text.text())) continue;
                    if (told.stream().anyMatch(q -> alike(q, sentence.get()))) continue;
                    heard.add(text.customer());
                    told.add(sentence.get());
                    quotes.add(new Quote(sentence.get(), text.customer(), i, Quote.Kind.TYPICAL));
                }
            }
        }
        return quotes;
    }

    /** What a sentence is for its writer. */
    private enum Mood {
        PAIN,
        NEITHER,
        PRAISE;

        static final List<Mood> ALL = List.of(values());
        static final List<Mood> WITHOUT_PRAISE = List.of(PAIN, NEITHER);

        static Mood of(String sentence) {
            double score = Opinions.score(sentence);
            boolean turned = !(score > 0) && TURN.matcher(sentence).find();
            if (score < 0 || turned || WISH.matcher(sentence).find()) return PAIN;
            return score > 0 ? PRAISE : NEITHER;
        }
    }

    /** Sentences with the same end or the same start tell the same. */
    private static boolean alike(String first, String second) {
        String one = first.replaceAll("[\\p{P}\\s～]+", "");
        String other = second.replaceAll("[\\p{P}\\s～]+", "");
        int n = Math.min(12, Math.min(one.length(), other.length()) / 2);
        return one.regionMatches(0, other, 0, n)
                || one.regionMatches(one.length() - n, other, other.length() - n, n);
    }

    /**
     * @param telling true for sentences long enough to tell what happened
     */
    private Optional<String> sentenceWith(
            DistinctiveWord word, String text, boolean telling, Mood mood) {
        breaks.setText(text);
        boolean chinese = text.codePoints().anyMatch(c -> c >= 0x4E00 && c < 0xA000);
        int shortest = !telling ? word.word().length() + 5 : chinese ? 12 : 40;
        int start = breaks.first();
        for (int end = breaks.next(); end != BreakIterator.DONE; start = end, end = breaks.next()) {
            String sentence = text.substring(start, end).strip();
            boolean readable = sentence.length() <= LONGEST_QUOTE && sentence.length() >= shortest;
            // Some files cut their texts; what breaks off in a word is no sentence.
            boolean whole = end < text.length() || ENDED.matcher(sentence).find() || !telling;
            if (readable && whole && word.in(sentence) && Mood.of(sentence) == mood) {
                return Optional.of(sentence);
            }
        }
        return Optional.empty();
    }
}
