package dev.coterie.brief;

import dev.coterie.language.Language;
import dev.coterie.proof.Fact;
import dev.coterie.proof.Figures;
import dev.coterie.proof.References;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Seeded ways to make one statement of a brief false, by class of change. */
final class Mutations {
    enum Kind {
        DIGIT,
        UNIT,
        PERCENT,
        DIRECTION,
        COMPARISON,
        SEGMENT,
        PERIOD,
        RANK
    }

    private static final String[][] ENGLISH_WAYS = {
        {"buy often", "buy rarely"},
        {"come back often", "appear rarely"},
        {"spend a lot", "spend little"},
        {"high ratings", "low ratings"},
        {"are older", "are younger"},
        {"bought lately", "last bought a long while ago"},
        {"have been around for long", "joined fairly recently"},
        {"have many", "have few"},
        {"would recommend", "would not recommend"},
    };
    private static final String[][] ENGLISH_COMPARED = {
        {"holds for only", "holds for more than"},
        {"Fewer of them", "More often they"},
        {"Less common here", "More common here"},
        {"more than others do", "less than others do"},
    };
    private static final String[][] CHINESE_COMPARED = {
        {"只见于", "高于"},
        {"较少见", "更常见"},
        {"低于", "高于"},
        {"的人偏少", "的人更多"},
    };
    private static final String[][] CHINESE_WAYS = {
        {"购买频繁", "很少购买"},
        {"累计花费高", "累计花费少"},
        {"单次花费高", "单次花费少"},
        {"给分高", "给分低"},
        {"年龄偏大", "年龄偏小"},
        {"很久没有下单", "最近刚下过单"},
        {"加入时间长", "加入时间不长"},
        {"偏高", "偏低"},
    };

    private final Random random;
    private final Language language;

    Mutations(Random random, Language language) {
        this.random = random;
        this.language = language;
    }

    /**
     * The statement with one false word or figure; empty if this change does not apply to it.
     *
     * @param text with references
     * @param facts of the run and the brief
     */
    Optional<String> apply(Kind kind, String text, Map<String, Fact> facts, int segment) {
        String shown = References.render(text, facts, language, Figures.SMALL_COUNT);
        Optional<String> changed =
                switch (kind) {
                    case DIGIT -> digit(text, facts);
                    case UNIT -> unit(text, facts, shown);
                    case PERCENT -> percent(text, facts);
                    case DIRECTION -> direction(shown, compares(text, facts));
                    case COMPARISON -> comparison(text, facts);
                    case SEGMENT -> segment(text, facts, segment);
                    case PERIOD -> period(shown);
                    case RANK -> rank(shown, facts, segment);
                };
        return changed.filter(c -> !c.equals(shown));
    }

    private boolean chinese() {
        return language == Language.CHINESE;
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** The statement as shown, with the figure at one reference replaced. */
    private String with(String text, Map<String, Fact> facts, int which, String figure) {
        Matcher matcher = Pattern.compile("\\{\\{(f\\d+)}}").matcher(text);
        var out = new StringBuilder();
        for (int i = 0; matcher.find(); i++) {
            String shown = Figures.show(facts.get(matcher.group(1)), language, Figures.SMALL_COUNT);
            matcher.appendReplacement(out, Matcher.quoteReplacement(i == which ? figure : shown));
        }
        return matcher.appendTail(out).toString();
    }

    private Optional<String> digit(String text, Map<String, Fact> facts) {
        List<String> ids = References.ids(text);
        if (ids.isEmpty()) return Optional.empty();
        int which = random.nextInt(ids.size());
        String figure = Figures.show(facts.get(ids.get(which)), language, Figures.SMALL_COUNT);
        var places = new ArrayList<Integer>();
        for (int i = 0; i < figure.length(); i++)
            if (Character.isDigit(figure.charAt(i))) places.add(i);
        if (places.isEmpty()) return Optional.empty();
        int place = any(places);
        int digit = figure.charAt(place) - '0';
        int other = (digit + 1 + random.nextInt(9)) % 10;
        String changed = figure.substring(0, place) + other + figure.substring(place + 1);
        return Optional.of(with(text, facts, which, changed));
    }

    private Optional<String> unit(String text, Map<String, Fact> facts, String shown) {
        var ways = new ArrayList<String>();
        String[][] swaps =
                chinese()
                        ? new String[][] {
                            {" 位客户", " 笔订单"},
                            {" 位", " 元"},
                            {" 天", " 周"},
                            {" 天", " 个月"},
                            {" 次", " 位"}
                        }
                        : new String[][] {
                            {" customers", " orders"},
                            {" customers", " reviews"},
                            {" days", " weeks"},
                            {" days", " months"},
                            {" purchases", " customers"}
                        };
        for (String[] swap : swaps) {
            Matcher m = Pattern.compile("(?<=\\d)" + Pattern.quote(swap[0])).matcher(shown);
            if (m.find()) ways.add(m.replaceFirst(swap[1]));
        }
        List<String> ids = References.ids(text);
        for (int i = 0; i < ids.size(); i++) {
            Fact fact = facts.get(ids.get(i));
            if (fact.unit() != Fact.Unit.MONEY) continue;
            String figure = Figures.show(fact, language, Figures.SMALL_COUNT);
            ways.add(with(text, facts, i, chinese() ? figure + " 美元" : "€" + figure));
            ways.add(with(text, facts, i, figure + (chinese() ? "%" : " %")));
        }
        return ways.isEmpty() ? Optional.empty() : Optional.of(any(ways));
    }

    private Optional<String> percent(String text, Map<String, Fact> facts) {
        List<String> ids = References.ids(text);
        var ways = new ArrayList<String>();
        for (int i = 0; i < ids.size(); i++) {
            Fact fact = facts.get(ids.get(i));
            String figure = Figures.show(fact, language, Figures.SMALL_COUNT);
            if (fact.unit() == Fact.Unit.SHARE) {
                ways.add(with(text, facts, i, figure.replaceAll("[\\u00a0 ]?%", "")));
                ways.add(with(text, facts, i, figure.replace("%", "‰")));
                ways.add(with(text, facts, i, figure.replace("%", chinese() ? "个百分点" : "points")));
            } else if (fact.unit() == Fact.Unit.NUMBER) {
                ways.add(with(text, facts, i, figure + "%"));
            }
        }
        return ways.isEmpty() ? Optional.empty() : Optional.of(any(ways));
    }

    private static boolean compares(String text, Map<String, Fact> facts) {
        return References.ids(text).stream()
                .anyMatch(id -> facts.get(id).filter().key().endsWith("others"));
    }

    private Optional<String> direction(String shown, boolean compares) {
        var ways = new ArrayList<String>();
        for (String[] pair : chinese() ? CHINESE_WAYS : ENGLISH_WAYS) {
            if (shown.contains(pair[0])) ways.add(shown.replace(pair[0], pair[1]));
            else if (shown.contains(pair[1])) ways.add(shown.replace(pair[1], pair[0]));
        }
        // Words of comparison claim something only where a comparison is made.
        for (String[] pair : chinese() ? CHINESE_COMPARED : ENGLISH_COMPARED) {
            if (compares && shown.contains(pair[0])) ways.add(shown.replace(pair[0], pair[1]));
        }
        return ways.isEmpty() ? Optional.empty() : Optional.of(any(ways));
    }

    /** The segment's figure and the others' change places. */
    private Optional<String> comparison(String text, Map<String, Fact> facts) {
        List<String> ids = References.ids(text);
        for (int i = 0; i + 1 < ids.size(); i++) {
            Fact own = facts.get(ids.get(i));
            Fact other = facts.get(ids.get(i + 1));
            boolean pair =
                    other.filter().key().endsWith("others") && own.label().equals(other.label());
            if (!pair || own.value() == other.value()) continue;
            boolean words = random.nextBoolean();
            String here = Figures.show(own, language, Figures.SMALL_COUNT);
            String there = Figures.show(other, language, Figures.SMALL_COUNT);
            if (here.equals(there)) continue;
            String shown = References.render(text, facts, language, Figures.SMALL_COUNT);
            String both = shown;
            if (words) {
                // The figures stay, but whose they are is told the other way round.
                both =
                        chinese()
                                ? both.replaceFirst(
                                        Pattern.quote(here),
                                        Matcher.quoteReplacement("其他客户为 " + here))
                                : both.replaceFirst(
                                        Pattern.quote(here),
                                        Matcher.quoteReplacement(here + " of everyone else"));
                return Optional.of(both);
            }
            String swapped =
                    text.replace("{{" + own.id() + "}}", "{{#}}")
                            .replace("{{" + other.id() + "}}", "{{" + own.id() + "}}")
                            .replace("{{#}}", "{{" + other.id() + "}}");
            return Optional.of(
                    random.nextBoolean()
                            ? swapped
                            : References.render(swapped, facts, language, Figures.SMALL_COUNT));
        }
        return Optional.empty();
    }

    /** A figure of another segment, or another segment's name. */
    private Optional<String> segment(String text, Map<String, Fact> facts, int segment) {
        List<String> ids = References.ids(text);
        var ways = new ArrayList<String>();
        for (int i = 0; i < ids.size(); i++) {
            Fact own = facts.get(ids.get(i));
            for (Fact f : facts.values()) {
                boolean sibling =
                        f.segment() > 0
                                && f.segment() != segment
                                && own.segment() == segment
                                && f.label().equals(own.label())
                                && f.filter().key().equals(own.filter().key());
                if (!sibling) continue;
                ways.add(text.replace("{{" + own.id() + "}}", "{{" + f.id() + "}}"));
                String figure = Figures.show(f, language, Figures.SMALL_COUNT);
                if (!figure.equals(Figures.show(own, language, Figures.SMALL_COUNT)))
                    ways.add(with(text, facts, i, figure));
            }
        }
        int other = segment == 1 ? 2 : segment - 1;
        if (!ids.isEmpty()) {
            String shown = References.render(text, facts, language, Figures.SMALL_COUNT);
            ways.add(chinese() ? "客群 " + other + "：" + shown : "Segment " + other + ": " + shown);
        }
        return ways.isEmpty() ? Optional.empty() : Optional.of(any(ways));
    }

    private Optional<String> period(String shown) {
        var ways = new ArrayList<String>();
        for (Month month : Month.values()) {
            String name = month.getDisplayName(TextStyle.FULL, language.locale());
            if (!shown.contains(name + (chinese() ? "：" : ":"))) continue;
            Month other = month.plus(1 + random.nextInt(10));
            ways.add(
                    shown.replace(
                            name + (chinese() ? "：" : ":"),
                            other.getDisplayName(TextStyle.FULL, language.locale())
                                    + (chinese() ? "：" : ":")));
            break;
        }
        if (chinese()) {
            if (shown.contains("人均金额")) ways.add(shown.replace("人均金额", "月均金额"));
            if (shown.contains("天里")) ways.add(shown.replace("天里", "年里"));
            if (shown.contains("人均购买")) ways.add(shown.replace("人均购买", "每月购买"));
        } else {
            if (shown.contains("per customer"))
                ways.add(shown.replace("per customer", "per month"));
            if (shown.contains("days of the data"))
                ways.add(shown.replace("days of the data", "years of the data"));
            if (shown.contains("on record each"))
                ways.add(shown.replace("on record each", "a week"));
        }
        return ways.isEmpty() ? Optional.empty() : Optional.of(any(ways));
    }

    private Optional<String> rank(String shown, Map<String, Fact> facts, int segment) {
        var ways = new ArrayList<String>();
        String[][] flips =
                chinese()
                        ? new String[][] {{"规模最大", "规模最小"}, {"规模最小", "规模最大"}}
                        : new String[][] {
                            {"the largest", "the smallest"}, {"the smallest", "the largest"}
                        };
        for (String[] flip : flips) {
            if (shown.contains(flip[0])) ways.add(shown.replace(flip[0], flip[1]));
        }
        if (ways.isEmpty() && facts.values().stream().anyMatch(f -> f.segment() == segment)) {
            boolean value = shown.contains(chinese() ? "人均金额" : "worth");
            double own = value(facts, value, segment);
            boolean highest =
                    facts.values().stream()
                            .mapToInt(Fact::segment)
                            .distinct()
                            .filter(s -> s > 0 && s != segment)
                            .allMatch(s -> value(facts, value, s) < own);
            boolean about = value || shown.contains(chinese() ? "占全部的" : "of all.");
            if (about && !highest) {
                String end =
                        chinese()
                                ? value ? "，为各客群最高。" : "，是规模最大的客群。"
                                : value
                                        ? ", the highest of all segments."
                                        : ", the largest segment.";
                ways.add(shown.substring(0, shown.length() - 1) + end);
            }
        }
        return ways.isEmpty() ? Optional.empty() : Optional.of(any(ways));
    }

    private static double value(Map<String, Fact> facts, boolean value, int segment) {
        return facts.values().stream()
                .filter(f -> f.segment() == segment)
                .filter(
                        f ->
                                f.label()
                                        .key()
                                        .equals(
                                                value
                                                        ? "describe.fact.value_each"
                                                        : "describe.fact.size"))
                .mapToDouble(Fact::value)
                .findFirst()
                .orElse(0);
    }
}
