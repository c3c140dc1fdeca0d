package dev.coterie.chat;

import dev.coterie.describe.Attribute;
import dev.coterie.describe.SegmentProfile;
import dev.coterie.language.Language;
import dev.coterie.proof.Fact;
import dev.coterie.tools.Desk;
import dev.coterie.tools.SegmentTools;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the conversation is about after a question.
 *
 * @param before the question as it was understood
 * @param focus the segments its answer spoke of, in the order named; empty if of all
 */
record Context(Language language, Understood before, List<Integer> focus) {
    /** Words by which a question speaks of everything, and of no segment before it. */
    private static final Pattern WHOLE =
            Pattern.compile(
                    "(?i)\\b(?:segments?|groups?|customers?|we|us|our|total|altogether|overall|all|everyone|data|map|you)\\b|客群|客户|顾客|我们|一共|总共|所有|全部|大家|数据|地图|你");

    private static final int FEW_WORDS = 5;
    private static final int FEW_HAN = 8;

    Context {
        focus = List.copyOf(focus);
    }

    static Context of(Desk desk, Understood before) {
        return new Context(desk.language(), before, focus(desk, before));
    }

    private static List<Integer> focus(Desk desk, Understood before) {
        if (!before.segments().isEmpty()) return before.segments();
        if (before.customer() >= 0) return List.of(desk.segmentOf(before.customer()));
        Optional<Intent> intent = before.intent();
        if (intent.isEmpty()) return List.of();
        var bySize = new SegmentTools(desk).ordered(SegmentTools.Order.SIZE);
        return switch (intent.get()) {
            case LARGEST -> List.of(bySize.get(0).number());
            case SMALLEST -> List.of(bySize.get(bySize.size() - 1).number());
            case BEST_VALUE ->
                    List.of(
                            new SegmentTools(desk)
                                    .ordered(SegmentTools.Order.VALUE)
                                    .get(0)
                                    .number());
            case FEATURE -> before.feature().map(a -> highest(desk, a)).orElse(List.of());
            default -> List.of();
        };
    }

    private static List<Integer> highest(Desk desk, Attribute attribute) {
        return desk.segments().stream()
                .map(SegmentProfile::number)
                .flatMap(n -> desk.mean(attribute, n).stream())
                .max(Comparator.comparingDouble(Fact::value))
                .map(f -> List.of(f.segment()))
                .orElse(List.of());
    }

    /** The segments that a question without one of its own speaks of; empty if of none. */
    List<Integer> meant(Slots slots) {
        if (focus.isEmpty()) return List.of();
        return switch (slots.reference()) {
            case FIRST -> List.of(focus.get(0));
            case SECOND -> focus.size() < 2 ? List.of() : List.of(focus.get(1));
            case BACK, BOTH -> focus;
            case NONE -> elliptic(slots) ? focus : List.of();
        };
    }

    /** True if a question speaks of everything, and of no segment before it. */
    static boolean ofAll(String masked) {
        return WHOLE.matcher(masked).find();
    }

    /** "How many people?" right after a question about one segment. */
    private boolean elliptic(Slots slots) {
        boolean asked = !before.segments().isEmpty();
        String text = slots.masked();
        if (!asked || slots.everyone() || slots.missingSegment() || slots.customer().isPresent()) {
            return false;
        }
        if (ofAll(text)) return false;
        return language == Language.CHINESE
                ? text.codePoints().filter(Character::isLetter).count() <= FEW_HAN
                : text.strip().split("\\s+").length <= FEW_WORDS;
    }
}
