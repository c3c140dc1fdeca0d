package dev.coterie.brief;

import com.ibm.icu.text.BreakIterator;
import dev.coterie.brief.Brief.Item;
import dev.coterie.brief.Brief.Source;
import dev.coterie.describe.Analysis;
import dev.coterie.describe.Difference;
import dev.coterie.describe.DistinctiveWord;
import dev.coterie.describe.Fact;
import dev.coterie.describe.PersonalData;
import dev.coterie.describe.Quote;
import dev.coterie.describe.References;
import dev.coterie.describe.SegmentProfile;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.prepare.CustomerText;
import java.time.LocalDate;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The sections of a brief that the data itself fills: who, how many, what they say, when, where.
 */
final class Sections {
    private static final int FEWEST = 11;
    private static final int MOST_FACTS = 5;
    private static final int LONGEST_QUOTE = 160;

    private final Analysis analysis;
    private final SegmentProfile segment;
    private final BriefRequest request;
    private final BriefFacts facts;
    private final Rhythm rhythm;
    private final Language language;

    Sections(
            Analysis analysis,
            SegmentProfile segment,
            BriefRequest request,
            BriefFacts facts,
            Rhythm rhythm) {
        this.analysis = analysis;
        this.segment = segment;
        this.request = request;
        this.facts = facts;
        this.rhythm = rhythm;
        this.language = request.language();
    }

    List<Item> headline(String goal) {
        return List.of(
                data(
                        "headline",
                        "who",
                        segment.wording(language).who(),
                        "goal",
                        goal,
                        "size",
                        facts.size(),
                        "share",
                        facts.named("share").orElseThrow()));
    }

    List<Item> size() {
        var items = new ArrayList<Item>();
        items.add(data("size", "size", facts.size(), "share", facts.named("share").orElseThrow()));
        Optional<String> each = facts.named("value_each");
        Optional<String> part = facts.named("value_share");
        if (each.isEmpty()) items.add(data("value.none"));
        else if (part.isEmpty()) items.add(data("value.each", "each", each.get()));
        else items.add(data("value", "each", each.get(), "total_share", part.get()));
        facts.rankOfSize()
                .ifPresent(
                        rank ->
                                items.add(
                                        data(
                                                "size." + rank,
                                                "segments",
                                                facts.segments(),
                                                "size",
                                                facts.size())));
        if (segment.outliers() > 0)
            items.add(data("outliers", "outliers", facts.named("outliers").orElseThrow()));
        return items;
    }

    List<Item> who() {
        var items = new ArrayList<Item>();
        int bought = 0;
        for (Difference d : segment.differences()) {
            if (items.size() == MOST_FACTS) break;
            // The things bought are many and alike: a single example is enough here.
            if (d.attribute().startsWith("item:") && bought++ > 0) continue;
            if (d.attribute().startsWith("word:")
                    || d.effect() <= 0 && d.kind() == Difference.Kind.SHARE) continue;
            items.add(compared(d));
        }
        segment.differences().stream()
                .filter(d -> d.kind() == Difference.Kind.SHARE && d.effect() < 0)
                .filter(d -> d.otherValue() >= 0.15)
                .findFirst()
                .ifPresent(
                        d ->
                                items.add(
                                        data(
                                                "who.not",
                                                "label",
                                                d.label().in(language),
                                                "here",
                                                BriefFacts.here(d),
                                                "other",
                                                BriefFacts.other(d))));
        if (items.isEmpty()) items.add(data("who.none"));
        return items;
    }

    private Item compared(Difference d) {
        String label = d.label().in(language);
        String here = BriefFacts.here(d);
        String other = BriefFacts.other(d);
        if (d.kind() == Difference.Kind.MEAN)
            return data("who.mean", "label", label, "here", here, "other", other);
        if (d.lift() < 1.15)
            return data("who.share.rare", "label", label, "here", here, "other", other);
        String lift = facts.add("lift", d.lift(), Fact.Unit.LIFT, d.n());
        return data("who.share", "label", label, "here", here, "other", other, "lift", lift);
    }

    List<Item> pains() {
        List<CustomerText> texts = analysis.customers().texts();
        if (texts.isEmpty()) return List.of(data("pain.none"));
        var items = new ArrayList<Item>();
        Set<Integer> heard = new HashSet<>();
        for (DistinctiveWord word : segment.words()) {
            if (items.size() == 4) break;
            Optional<Difference> share =
                    segment.differences().stream()
                            .filter(d -> d.attribute().equals("word:" + word.word()))
                            .findFirst();
            if (share.isEmpty() || word.customers() < Math.min(FEWEST, segment.size() / 4))
                continue;
            String count =
                    facts.add(
                            "theme_customers", word.customers(), Fact.Unit.COUNT, share.get().n());
            items.add(
                    quoted(
                            quotesWith(word.word(), heard),
                            "pain",
                            "word",
                            word.word(),
                            "customers",
                            count,
                            "share",
                            BriefFacts.here(share.get()),
                            "other",
                            BriefFacts.other(share.get())));
        }
        if (items.isEmpty()) items.add(data("pain.few"));
        List<Quote> against =
                segment.quotes().stream().filter(q -> q.kind() == Quote.Kind.OPPOSING).toList();
        if (!against.isEmpty()) items.add(quoted(against, "pain.opposing"));
        return items;
    }

    /** Two sentences of different customers that hold the word, unbroken and without masks. */
    private List<Quote> quotesWith(String word, Set<Integer> heard) {
        var quotes = new ArrayList<Quote>();
        int[] labels = analysis.segmentation().labels();
        List<CustomerText> texts = analysis.customers().texts();
        for (int i = 0; i < texts.size() && quotes.size() < 2; i++) {
            CustomerText text = texts.get(i);
            if (labels[text.customer()] != segment.number() - 1 || heard.contains(text.customer()))
                continue;
            Optional<String> sentence = sentenceWith(word, text.text());
            if (sentence.isEmpty() || PersonalData.found(text.text())) continue;
            heard.add(text.customer());
            quotes.add(new Quote(sentence.get(), text.customer(), i, Quote.Kind.TYPICAL));
        }
        return quotes;
    }

    private static Optional<String> sentenceWith(String word, String text) {
        String wanted = word.toLowerCase(Locale.ROOT);
        if (!text.toLowerCase(Locale.ROOT).contains(wanted)) return Optional.empty();
        var breaks = BreakIterator.getSentenceInstance(Locale.ROOT);
        breaks.setText(text);
        int start = breaks.first();
        for (int end = breaks.next(); end != BreakIterator.DONE; start = end, end = breaks.next()) {
            String sentence = text.substring(start, end).strip();
            boolean readable =
                    sentence.length() <= LONGEST_QUOTE && sentence.length() > word.length() + 4;
            if (readable && sentence.toLowerCase(Locale.ROOT).contains(wanted))
                return Optional.of(sentence);
        }
        return Optional.empty();
    }

    List<Item> whenWhere() {
        var items = new ArrayList<Item>();
        when(items);
        List<Difference> channels =
                segment.differences().stream()
                        .filter(Sections::channel)
                        .filter(d -> d.effect() > 0)
                        .toList();
        for (Difference d : channels) items.add(level(d));
        if (channels.isEmpty()) items.add(data("where.none"));
        for (String asked : request.channels()) {
            Optional<Difference> known =
                    channels.stream()
                            .filter(
                                    d ->
                                            d.attribute()
                                                    .toLowerCase(Locale.ROOT)
                                                    .endsWith("=" + asked.toLowerCase(Locale.ROOT)))
                            .findFirst();
            String channel = asked.replaceAll("[{}<>\\p{Cc}]", " ").strip();
            items.add(
                    known.isPresent()
                            ? data(
                                    "where.asked.known",
                                    "channel",
                                    channel,
                                    "here",
                                    BriefFacts.here(known.get()),
                                    "label",
                                    known.get().label().in(language))
                            : data("where.asked", "channel", channel));
        }
        return items;
    }

    private void when(List<Item> items) {
        if (!rhythm.known()) {
            items.add(data("when.none"));
            return;
        }
        difference("recency_days")
                .ifPresent(
                        d ->
                                items.add(
                                        data(
                                                "when.recency",
                                                "here",
                                                BriefFacts.here(d),
                                                "other",
                                                BriefFacts.other(d))));
        items.add(data("when.active", "rate", rate(), "days", days()));
        if (rhythm.peakMonth() > 0) {
            items.add(
                    data(
                            "when.peak",
                            "month",
                            month(),
                            "share",
                            facts.add(
                                    Message.of("brief.fact.peak_share", "month", month()),
                                    "peak_share",
                                    rhythm.peakShare(),
                                    Fact.Unit.SHARE,
                                    rhythm.events()),
                            "other",
                            facts.add(
                                    Message.of("brief.fact.peak_elsewhere", "month", month()),
                                    "peak_elsewhere",
                                    rhythm.peakElsewhere(),
                                    Fact.Unit.SHARE,
                                    rhythm.events())));
        }
        difference("weekend_share")
                .ifPresent(
                        d ->
                                items.add(
                                        data(
                                                "when.weekend",
                                                "here",
                                                BriefFacts.here(d),
                                                "other",
                                                BriefFacts.other(d))));
    }

    private String month() {
        return Month.of(rhythm.peakMonth()).getDisplayName(TextStyle.FULL, language.locale());
    }

    private Item level(Difference d) {
        return data(
                "where.level",
                "label",
                d.label().in(language),
                "here",
                BriefFacts.here(d),
                "other",
                BriefFacts.other(d));
    }

    private static boolean channel(Difference d) {
        String name = d.attribute().toLowerCase(Locale.ROOT);
        return name.contains("channel")
                || name.contains("渠道")
                || name.contains("source")
                || name.contains("device");
    }

    Optional<Difference> difference(String attribute) {
        return segment.differences().stream()
                .filter(d -> d.attribute().equals(attribute))
                .findFirst();
    }

    private String rate;
    private String days;

    /** Reference of the share active in the latest days; one fact however often it is told. */
    String rate() {
        if (rate == null)
            rate = facts.add("active_rate", rhythm.activeLately(), Fact.Unit.SHARE, segment.size());
        return rate;
    }

    String days() {
        if (days == null)
            days = facts.add("test_days", rhythm.days(), Fact.Unit.DAYS, rhythm.events());
        return days;
    }

    List<Item> limits() {
        var items = new ArrayList<Item>();
        String low = segment.stability() < 0.6 ? ".low" : "";
        items.add(
                data("limit.stability" + low, "stability", facts.named("stability").orElseThrow()));
        items.add(
                data(
                        "limit.separability",
                        "separability",
                        facts.add(
                                "separability",
                                analysis.segmentation()
                                        .certificate()
                                        .separability()[segment.number() - 1],
                                Fact.Unit.SHARE,
                                segment.size())));
        items.add(
                rhythm.known()
                        ? data(
                                "limit.window",
                                "first",
                                LocalDate.ofEpochDay(rhythm.firstDay()).toString(),
                                "last",
                                LocalDate.ofEpochDay(rhythm.lastDay()).toString())
                        : data("limit.window.none"));
        for (Difference d : segment.differences()) {
            if (d.missing() < 0.1) continue;
            String missing = facts.add("missing", d.missing(), Fact.Unit.SHARE, segment.size());
            items.add(data("limit.missing", "label", d.label().in(language), "missing", missing));
            break;
        }
        if (segment.size() < 30) items.add(data("limit.small"));
        if (!segment.quotes().isEmpty()) items.add(data("limit.texts"));
        items.add(data("limit.cause"));
        items.add(data("limit.unknown"));
        return items;
    }

    Item data(String key, Object... arguments) {
        return item(Source.DATA, List.of(), key, arguments);
    }

    Item quoted(List<Quote> quotes, String key, Object... arguments) {
        return item(Source.DATA, quotes, key, arguments);
    }

    Item hypothesis(String key, Object... arguments) {
        return item(Source.HYPOTHESIS, List.of(), key, arguments);
    }

    Item item(Source source, List<Quote> quotes, String key, Object... arguments) {
        String said = Message.of("brief." + key, arguments).in(language);
        String text = said.substring(0, 1).toUpperCase(Locale.ROOT) + said.substring(1);
        return new Item(text, source, quotes, References.ids(text));
    }
}
