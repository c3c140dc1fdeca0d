package dev.coterie.chat;

import dev.coterie.describe.Attribute;
import dev.coterie.tools.Desk;
import dev.coterie.tools.Fields;
import dev.coterie.tools.SegmentTools;
import dev.coterie.tools.ToolResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Answers about segments as wholes: which there are, how large, how different. */
final class SegmentAnswers {
    /** Segments compared with each other in one answer. */
    private static final int COMPARED = 3;

    private final Desk desk;
    private final Understood asked;
    private final Narration told;

    SegmentAnswers(Desk desk, Understood asked, Narration told) {
        this.desk = desk;
        this.asked = asked;
        this.told = told;
    }

    ToolResult list(SegmentTools.Order order) {
        return told.use(
                "list_segments",
                desk.say("tool.list_segments"),
                Map.of("order", order.name().toLowerCase(Locale.ROOT)),
                () -> new SegmentTools(desk).list(order));
    }

    void extreme(boolean smallest) {
        list(SegmentTools.Order.SIZE);
        var bySize = new ArrayList<>(new SegmentTools(desk).ordered(SegmentTools.Order.SIZE));
        if (bySize.size() == 1) {
            told.say("single", "count", Narration.ref(desk.size(0)));
            return;
        }
        if (smallest) Collections.reverse(bySize);
        int first = bySize.get(0).number();
        int next = bySize.get(1).number();
        told.say(
                smallest ? "smallest" : "largest",
                "name",
                desk.name(first),
                "size",
                Narration.ref(desk.size(first)),
                "share",
                Narration.ref(desk.share(first)));
        told.say("next", "name", desk.name(next), "size", Narration.ref(desk.size(next)));
    }

    void listed() {
        list(SegmentTools.Order.SIZE);
        var bySize = new SegmentTools(desk).ordered(SegmentTools.Order.SIZE);
        if (bySize.size() == 1) {
            told.say("single", "count", Narration.ref(desk.size(0)));
            return;
        }
        int first = bySize.get(0).number();
        int last = bySize.get(bySize.size() - 1).number();
        told.say(
                "list",
                "count",
                Narration.ref(desk.segmentCount()),
                "all",
                Narration.ref(desk.size(0)),
                "first",
                desk.name(first),
                "first_share",
                Narration.ref(desk.share(first)),
                "last",
                desk.name(last),
                "last_share",
                Narration.ref(desk.share(last)));
    }

    void compare() {
        List<Integer> all = asked.segments().stream().distinct().toList();
        if (all.size() < 2) {
            compare(all.get(0), 0);
            return;
        }
        List<Integer> some = all.subList(0, Math.min(COMPARED, all.size()));
        if (some.size() < all.size()) told.say("compare_some", "names", names(some));
        if (asked.feature().isPresent()) {
            new FeatureAnswers(desk, asked, told).feature();
        } else if (some.size() == 2) {
            compare(some.get(0), some.get(1));
        } else {
            several(some);
        }
    }

    /** Sizes once, then each attribute that tells any two of them apart, of all of them. */
    private void several(List<Integer> some) {
        var widest = new LinkedHashMap<Attribute, Double>();
        for (int i = 0; i < some.size(); i++) {
            for (int j = i + 1; j < some.size(); j++) {
                pair(some.get(i), some.get(j));
                for (var gap : new SegmentTools(desk).gaps(some.get(i), some.get(j))) {
                    widest.merge(gap.attribute(), Math.abs(gap.effect()), Math::max);
                }
            }
        }
        String sizes =
                some.stream()
                        .map(n -> part("part.size", n, Narration.ref(desk.size(n))))
                        .collect(Collectors.joining(desk.say("part.join")));
        told.say("compare_several", "sizes", sizes);
        List<Attribute> first =
                widest.entrySet().stream()
                        .sorted(Map.Entry.<Attribute, Double>comparingByValue().reversed())
                        .map(Map.Entry::getKey)
                        .limit(3)
                        .toList();
        if (first.isEmpty()) told.say("compare_alike");
        for (int i = 0; i < first.size(); i++) {
            Attribute attribute = first.get(i);
            String figures =
                    some.stream()
                            .map(n -> Narration.ref(desk.mean(attribute, n)))
                            .collect(Collectors.joining(desk.say("list.and")));
            told.say(
                    i == 0 ? "gap_first_several" : "gap_next_several",
                    "label",
                    Fields.label(attribute, desk.language()),
                    "figures",
                    figures);
        }
    }

    private String part(String key, int number, String figure) {
        return desk.say(key, "name", desk.name(number), "figure", figure);
    }

    private String names(List<Integer> numbers) {
        return numbers.stream()
                .map(n -> desk.say("quoted", "name", desk.name(n)))
                .collect(Collectors.joining(desk.say("list.and")));
    }

    /** The table of two. */
    private void pair(int a, int b) {
        String right = b == 0 ? desk.say("everyone") : desk.say("quoted", "name", desk.name(b));
        told.use(
                "compare_segments",
                desk.say("tool.compare_segments", "a", desk.name(a), "b", right),
                Map.of("a", "seg_" + a, "b", b == 0 ? "all" : "seg_" + b),
                () -> new SegmentTools(desk).compare(a, b));
    }

    private void compare(int a, int b) {
        pair(a, b);
        told.say(
                b == 0 ? "compare_all" : "compare",
                "a",
                desk.name(a),
                "size_a",
                Narration.ref(desk.size(a)),
                "b",
                b == 0 ? "" : desk.name(b),
                "size_b",
                Narration.ref(desk.size(b)));
        var gaps = new SegmentTools(desk).gaps(a, b);
        if (gaps.isEmpty()) told.say("compare_alike");
        for (int i = 0; i < Math.min(3, gaps.size()); i++) {
            var gap = gaps.get(i);
            told.say(
                    i == 0 ? "gap_first" : "gap_next",
                    "label",
                    Fields.label(gap.attribute(), desk.language()),
                    "left",
                    Narration.ref(gap.left()),
                    "right",
                    Narration.ref(gap.right()));
        }
    }

    ToolResult segment(int number) {
        return told.use(
                "get_segment",
                desk.say("tool.get_segment", "name", desk.name(number)),
                Map.of("segment", "seg_" + number),
                () -> new SegmentTools(desk).get(number, 0));
    }

    void different() {
        if (asked.segments().isEmpty()) {
            listed();
            return;
        }
        int number = asked.segments().get(0);
        segment(number);
        var wording = desk.segment(number).wording(desk.language());
        told.say("who", "name", wording.name(), "who", wording.who());
        told.add(wording.sentences());
    }

    void size() {
        if (asked.segments().isEmpty()) {
            list(SegmentTools.Order.SIZE);
            told.say(
                    "size_all",
                    "all",
                    Narration.ref(desk.size(0)),
                    "count",
                    Narration.ref(desk.segmentCount()));
            return;
        }
        for (int number : asked.segments()) {
            segment(number);
            told.say(
                    "size",
                    "name",
                    desk.name(number),
                    "size",
                    Narration.ref(desk.size(number)),
                    "share",
                    Narration.ref(desk.share(number)));
        }
        if (asked.segments().size() == 2) larger(asked.segments().get(0), asked.segments().get(1));
    }

    private void larger(int a, int b) {
        long left = desk.segment(a).size();
        long right = desk.segment(b).size();
        if (left == right) told.say("equal_size");
        else told.say("larger", "name", desk.name(left > right ? a : b));
    }
}
