package dev.coterie.eval;

import dev.coterie.describe.Attribute;
import dev.coterie.describe.Attributes;
import dev.coterie.describe.Difference;
import dev.coterie.describe.SegmentProfile;
import dev.coterie.proof.Fact;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Computes the figures that answers are held against from the run's table and labels, by code of
 * its own: {@code size(#G)}, {@code share(#G)}, {@code value(richest)}, {@code stability(#G)},
 * {@code outliers(all)}, {@code mean(age,#G)}, {@code mean(rating,lowest)}, {@code
 * count(city=Leeds,all)} and {@code differences(#G)}, which any of the segment's differences
 * fulfils.
 */
final class GoldFigures {
    private static final Pattern CALL = Pattern.compile("(\\w+)\\((.*)\\)");
    private static final double CLOSE = 1e-9;

    private final GoldShop shop;
    private final Map<String, Attribute> attributes = new LinkedHashMap<>();

    GoldFigures(GoldShop shop) {
        this.shop = shop;
        for (Attribute a : Attributes.of(shop.analysis().customers())) {
            attributes.putIfAbsent(a.key(), a);
        }
    }

    /** True if one of the facts is the figure. */
    boolean stated(String figure, List<Fact> facts) {
        Matcher call = CALL.matcher(figure);
        if (!call.matches()) throw new IllegalStateException("figure: " + figure);
        String[] args = call.group(2).split(",");
        if (call.group(1).equals("differences")) {
            Set<String> ids = new HashSet<>();
            for (Difference d : shop.profile(shop.number(args[0])).differences()) {
                ids.add(d.segmentFact());
            }
            return facts.stream().anyMatch(f -> ids.contains(f.id()));
        }
        Expected expected = expected(call.group(1), args);
        return facts.stream()
                .anyMatch(
                        f ->
                                f.segment() == expected.segment()
                                        && f.unit() == expected.unit()
                                        && close(f.value(), expected.value()));
    }

    private record Expected(double value, Fact.Unit unit, int segment) {}

    private Expected expected(String name, String[] args) {
        if (name.equals("mean")) return mean(args[0], args[1]);
        int segment = shop.number(args[args.length - 1]);
        return switch (name) {
            case "size" -> new Expected(size(segment), Fact.Unit.COUNT, segment);
            case "share" ->
                    new Expected(size(segment) / (double) size(0), Fact.Unit.SHARE, segment);
            case "value" ->
                    new Expected(
                            shop.profile(segment).value().orElseThrow().total(),
                            Fact.Unit.MONEY,
                            segment);
            case "stability" ->
                    new Expected(shop.profile(segment).stability(), Fact.Unit.NUMBER, segment);
            case "outliers" -> new Expected(outliers(segment), Fact.Unit.COUNT, segment);
            case "count" -> new Expected(count(args[0], segment), Fact.Unit.COUNT, segment);
            default -> throw new IllegalStateException("figure: " + name);
        };
    }

    /** The attribute of this key; a rating computed from texts has its own in every language. */
    private Attribute attribute(String key) {
        Attribute known = attributes.get(key);
        if (known == null && key.equals("评分")) known = attributes.get("rating");
        if (known == null) throw new IllegalStateException("no attribute " + key);
        return known;
    }

    private Expected mean(String key, String where) {
        Attribute attribute = attribute(key);
        int segment = where.equals("lowest") || where.equals("highest") ? 0 : shop.number(where);
        if (segment == 0 && !where.equals("all")) {
            double sign = where.equals("lowest") ? -1 : 1;
            for (SegmentProfile s : shop.analysis().description().segments()) {
                boolean better =
                        segment == 0
                                || sign * mean(attribute, s.number())
                                        > sign * mean(attribute, segment);
                if (better) segment = s.number();
            }
        }
        boolean share = attribute.kind() == Difference.Kind.SHARE;
        return new Expected(
                mean(attribute, segment), share ? Fact.Unit.SHARE : attribute.unit(), segment);
    }

    private double mean(Attribute attribute, int segment) {
        double sum = 0;
        int n = 0;
        IntPredicate member = member(segment);
        for (int i = 0; i < attribute.values().length; i++) {
            if (!member.test(i) || Double.isNaN(attribute.values()[i])) continue;
            sum += attribute.values()[i];
            n++;
        }
        return sum / n;
    }

    private long count(String condition, int segment) {
        var c = GoldCondition.parse(condition);
        Attribute level = attributes.get(c.field() + c.op() + c.value());
        IntPredicate member = member(segment);
        double[] values = level == null ? attribute(c.field()).values() : level.values();
        long n = 0;
        for (int i = 0; i < values.length; i++) {
            if (member.test(i) && (level == null ? c.holds(values[i]) : values[i] == 1)) n++;
        }
        return n;
    }

    private long size(int segment) {
        IntPredicate member = member(segment);
        long n = 0;
        for (int i = 0; i < shop.analysis().customers().customers(); i++) if (member.test(i)) n++;
        return n;
    }

    private long outliers(int segment) {
        boolean[] outlier = shop.analysis().segmentation().outlier();
        IntPredicate member = member(segment);
        long n = 0;
        for (int i = 0; i < outlier.length; i++) if (outlier[i] && member.test(i)) n++;
        return n;
    }

    private IntPredicate member(int segment) {
        int[] labels = shop.analysis().segmentation().labels();
        return segment == 0 ? i -> true : i -> labels[i] == segment - 1;
    }

    private static boolean close(double a, double b) {
        return Math.abs(a - b) <= CLOSE * Math.max(1, Math.abs(b));
    }
}
