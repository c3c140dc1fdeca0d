package dev.coterie.brief;

import dev.coterie.brief.Brief.Item;
import dev.coterie.brief.Brief.Key;
import dev.coterie.describe.ClaimGate;
import dev.coterie.describe.Description;
import dev.coterie.describe.Fact;
import dev.coterie.describe.SegmentProfile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks the words of a brief, as written or as somebody changed them, against its facts. Immutable
 * and thread-safe.
 */
public final class BriefCheck {
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    private final Brief brief;
    private final ClaimGate gate;

    public BriefCheck(Description description, Brief brief) {
        this.brief = brief;
        Map<String, Fact> facts = new LinkedHashMap<>(description.facts());
        facts.putAll(brief.facts());
        List<String> siblings =
                description.segments().stream()
                        .filter(s -> s.number() != brief.segment())
                        .map((SegmentProfile s) -> s.wording(brief.language()).name())
                        .toList();
        this.gate = new ClaimGate(facts, brief.segment(), siblings, brief.language());
    }

    /** What the brief claims without its facts bearing it out; the evidence is the facts. */
    public List<ClaimGate.Finding> check() {
        var findings = new ArrayList<ClaimGate.Finding>();
        for (Brief.Section section : brief.sections()) {
            if (section.key() == Key.EVIDENCE) continue;
            for (Item item : section.items()) findings.addAll(check(item, item.text()));
        }
        return findings;
    }

    /**
     * The same for a changed text.
     *
     * @param item as the brief has it
     * @param text in its place, with references or with figures as they are shown
     */
    public List<ClaimGate.Finding> check(Item item, String text) {
        return gate.check(text, item.facts(), verified(item));
    }

    private List<String> verified(Item item) {
        var passages = new ArrayList<String>();
        item.quotes().forEach(q -> passages.add(q.text()));
        brief.segmentRule()
                .ifPresent(
                        r -> {
                            passages.add(Ideas.plain(r.text(brief.language())));
                            passages.add(Ideas.plain(r.filter()));
                        });
        Matcher dates = DATE.matcher(item.text());
        while (dates.find()) passages.add(dates.group());
        passages.addAll(brief.channels());
        return passages;
    }
}
