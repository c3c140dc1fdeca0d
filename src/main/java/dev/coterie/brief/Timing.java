package dev.coterie.brief;

import dev.coterie.brief.Brief.Item;
import dev.coterie.brief.Brief.Section;
import dev.coterie.describe.Difference;
import dev.coterie.describe.SegmentProfile;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.proof.Fact;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** When the customers act and on which channels. */
final class Timing {
    private final SegmentProfile segment;
    private final BriefFacts facts;
    private final Rhythm rhythm;
    private final Statements say;
    private final Language language;
    private String rate;
    private String days;

    Timing(SegmentProfile segment, BriefFacts facts, Rhythm rhythm, Statements say) {
        this.segment = segment;
        this.facts = facts;
        this.rhythm = rhythm;
        this.say = say;
        this.language = say.language();
    }

    /**
     * @param asked channels that the brief is made for
     * @param who what is told already
     */
    List<Item> whenWhere(List<String> asked, Section who) {
        var items = new ArrayList<Item>();
        when(items, who);
        List<Difference> channels =
                segment.differences().stream()
                        .filter(Timing::channel)
                        .filter(d -> d.effect() > 0)
                        .toList();
        for (Difference d : channels)
            items.add(Statements.about(d.attribute(), against(d, "where.level")));
        if (channels.isEmpty()) items.add(say.data("where.none"));
        for (String channel : asked) items.add(asked(channel, channels));
        return items;
    }

    private Item asked(String asked, List<Difference> channels) {
        String key = asked.strip().toLowerCase(Locale.ROOT);
        // Asked for in a chat, it may be any; it stays in the asker's words then.
        String channel =
                Channel.of(key)
                        .map(c -> c.label().in(language))
                        .orElseGet(() -> asked.replaceAll("[{}<>\\p{Cc}]", " ").strip());
        Optional<Difference> known =
                channels.stream()
                        .filter(d -> d.attribute().toLowerCase(Locale.ROOT).endsWith("=" + key))
                        .findFirst();
        Item item =
                known.map(
                                d ->
                                        say.data(
                                                "where.asked.known",
                                                "channel",
                                                channel,
                                                "here",
                                                BriefFacts.here(d),
                                                "label",
                                                d.label().in(language)))
                        .orElseGet(() -> say.data("where.asked", "channel", channel));
        return Statements.about(key, item);
    }

    private void when(List<Item> items, Section who) {
        if (!rhythm.known()) {
            items.add(say.data("when.none"));
            return;
        }
        difference("recency_days")
                .filter(
                        d ->
                                who.items().stream()
                                        .noneMatch(i -> i.facts().contains(d.segmentFact())))
                .ifPresent(d -> items.add(against(d, "when.recency")));
        items.add(say.data("when.active", "rate", rate(), "days", days()));
        if (rhythm.peakMonth() > 0) items.add(peak());
        difference("weekend_share").ifPresent(d -> items.add(against(d, "when.weekend")));
    }

    private Item peak() {
        String month =
                Month.of(rhythm.peakMonth()).getDisplayName(TextStyle.FULL, language.locale());
        return say.data(
                "when.peak",
                "month",
                month,
                "share",
                facts.add(
                        Message.of("brief.fact.peak_share", "month", month),
                        "peak_share",
                        rhythm.peakShare(),
                        Fact.Unit.SHARE,
                        rhythm.events()),
                "other",
                facts.addOfOthers(
                        Message.of("brief.fact.peak_elsewhere", "month", month),
                        "peak_elsewhere",
                        rhythm.peakElsewhere(),
                        Fact.Unit.SHARE,
                        rhythm.otherEvents()));
    }

    private Item against(Difference d, String key) {
        return say.data(
                key,
                "label",
                d.label().in(language),
                "here",
                BriefFacts.here(d),
                "other",
                BriefFacts.other(d));
    }

    /** True for what this section says, so that no other needs to. */
    static boolean tells(Difference d) {
        return channel(d) && d.effect() > 0 || d.attribute().equals("weekend_share");
    }

    static boolean channel(Difference d) {
        String name = d.attribute().toLowerCase(Locale.ROOT);
        return name.contains("channel")
                || name.contains("渠道")
                || name.contains("source")
                || name.contains("device");
    }

    private Optional<Difference> difference(String attribute) {
        return segment.differences().stream()
                .filter(d -> d.attribute().equals(attribute))
                .findFirst();
    }

    /** Reference of the share active in the latest days; one fact however often it is told. */
    String rate() {
        if (rate == null)
            rate = facts.add("active_rate", rhythm.activeLately(), Fact.Unit.SHARE, segment.size());
        return rate;
    }

    /** Reference of the length of that stretch and of the test. */
    String days() {
        if (days == null)
            days = facts.add("test_days", rhythm.days(), Fact.Unit.DAYS, rhythm.events());
        return days;
    }
}
