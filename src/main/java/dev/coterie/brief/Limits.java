package dev.coterie.brief;

import dev.coterie.brief.Brief.Item;
import dev.coterie.collect.Role;
import dev.coterie.describe.Analysis;
import dev.coterie.describe.Difference;
import dev.coterie.describe.SegmentProfile;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.proof.Fact;
import dev.coterie.segment.Certificate;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** How far the figures can be trusted, and what is not known. */
final class Limits {
    private static final double MUCH_MISSING = 0.1;
    private static final int FEW = 30;

    private final Analysis analysis;
    private final SegmentProfile segment;
    private final BriefFacts facts;
    private final Statements say;

    Limits(Analysis analysis, SegmentProfile segment, BriefFacts facts, Statements say) {
        this.analysis = analysis;
        this.segment = segment;
        this.facts = facts;
        this.say = say;
    }

    /**
     * @param told ids of the facts that the brief tells: what they miss is worth saying
     */
    List<Item> limits(Rhythm rhythm, Set<String> told) {
        var items = new ArrayList<Item>();
        String low = segment.stability() < Certificate.USABLE ? ".low" : "";
        items.add(
                say.data(
                        "limit.stability" + low,
                        "stability",
                        facts.named("stability").orElseThrow()));
        items.add(separability());
        items.add(
                rhythm.known()
                        ? say.data(
                                "limit.window",
                                "first",
                                LocalDate.ofEpochDay(rhythm.firstDay()).toString(),
                                "last",
                                LocalDate.ofEpochDay(rhythm.lastDay()).toString())
                        : say.data("limit.window.none"));
        segment.differences().stream()
                .filter(d -> d.missing() >= MUCH_MISSING && told.contains(d.segmentFact()))
                .findFirst()
                .ifPresent(d -> items.add(missing(d)));
        if (segment.size() < FEW) items.add(say.data("limit.small"));
        if (!segment.quotes().isEmpty()) items.add(say.data("limit.texts"));
        items.add(say.data("limit.cause"));
        items.add(say.data("limit.unknown"));
        return items;
    }

    /** What a marketer asks first and the files have no column for. */
    static String unknown(Analysis analysis, Language language) {
        var columns = new ArrayList<String>();
        boolean consent = false;
        for (var source : analysis.collected().tables()) {
            for (var column : source.schema().columns()) {
                columns.add(column.name().toLowerCase(Locale.ROOT));
                consent |= column.role() == Role.CONSENT;
            }
        }
        var unknown = new ArrayList<String>();
        if (!consent) unknown.add(Message.of("brief.unknown.reach").in(language));
        if (columns.stream().noneMatch(c -> c.matches(".*(?:margin|profit|毛利|利润).*")))
            unknown.add(Message.of("brief.unknown.margin").in(language));
        if (columns.stream().noneMatch(c -> c.matches(".*(?:churn|流失).*")))
            unknown.add(Message.of("brief.unknown.churn").in(language));
        return String.join(language == Language.CHINESE ? "、" : ", ", unknown);
    }

    private Item separability() {
        double share = analysis.segmentation().certificate().separability()[segment.number() - 1];
        return say.data(
                "limit.separability",
                "separability",
                facts.add("separability", share, Fact.Unit.SHARE, segment.size()));
    }

    private Item missing(Difference d) {
        String share = facts.add("missing", d.missing(), Fact.Unit.SHARE, segment.size());
        return say.data("limit.missing", "label", d.label().in(say.language()), "missing", share);
    }
}
