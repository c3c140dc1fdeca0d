package dev.coterie.describe;

import dev.coterie.collect.MissingWords;
import dev.coterie.prepare.CategoryColumn;
import dev.coterie.prepare.CustomerTable;
import dev.coterie.prepare.NumberColumn;
import dev.coterie.prepare.TargetColumn;
import dev.coterie.proof.Fact;
import dev.coterie.words.Humanise;
import dev.coterie.words.Sense;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the attributes of customers off their table: profile, ratings and behaviour. */
public final class Attributes {
    private static final int MOST_LEVELS = 40;
    private static final String NONE = "没有";

    /** 2 or F: beside such levels 1 is a code, too, and no yes. */
    private static final Pattern CODE = Pattern.compile("[\\p{Nd}.]+|\\p{IsLatin}");

    private static final Set<String> UNKNOWN =
            Set.of("unknown", "other", "others", "none", "n/a", "na", "?", "general", "其他", "未知");

    private Attributes() {}

    public static List<Attribute> of(CustomerTable customers) {
        var attributes = new ArrayList<Attribute>();
        for (NumberColumn column : customers.numbers()) {
            if (!Humanise.meaningless(column.name())) attributes.add(number(column));
        }
        for (CategoryColumn column : customers.categories()) {
            if (!Humanise.meaningless(column.name())) attributes.addAll(levels(column));
        }
        attributes.addAll(Behaviour.of(customers));
        ratings(customers, attributes);
        return attributes;
    }

    /**
     * The columns that forecasts are made of. Segments are found without them, so they are none of
     * {@link #of}, but people ask for them.
     */
    public static List<Attribute> targets(CustomerTable customers) {
        var attributes = new ArrayList<Attribute>();
        for (TargetColumn t : customers.targets()) {
            if (t.kind() == TargetColumn.Kind.CLASSES) {
                attributes.addAll(levels(new CategoryColumn(t.name(), t.classes(), t.codes())));
            } else {
                attributes.add(
                        mean(
                                new NumberColumn(t.name(), NumberColumn.Kind.NUMBER, t.values()),
                                Sense.NUMBER,
                                Fact.Unit.NUMBER));
            }
        }
        return attributes;
    }

    private static Attribute number(NumberColumn column) {
        return switch (column.kind()) {
            case YESNO ->
                    new Attribute(
                            column.name(),
                            Sense.ofFlag(column.name()),
                            Difference.Kind.SHARE,
                            Fact.Unit.SHARE,
                            column.name(),
                            "",
                            column.values());
            case AGE_DAYS -> mean(column, Sense.ofAge(column.name()), Fact.Unit.DAYS);
            case RATING -> mean(column, Sense.RATING, Fact.Unit.NUMBER);
            case NUMBER -> {
                Sense sense = Sense.ofNumber(column.name());
                yield mean(column, sense, sense == Sense.BORN ? Fact.Unit.YEAR : Fact.Unit.NUMBER);
            }
        };
    }

    private static Attribute mean(NumberColumn column, Sense sense, Fact.Unit unit) {
        double[] values = column.known();
        return new Attribute(
                column.name(),
                sense,
                Asymmetry.kind(sense, unit, values),
                unit,
                column.name(),
                "",
                values);
    }

    private static List<Attribute> levels(CategoryColumn column) {
        var attributes = new ArrayList<Attribute>();
        Sense sense = Sense.ofCategory(column.name());
        boolean yesNo =
                column.levels().stream().anyMatch(Attributes::yes)
                        && column.levels().stream().allMatch(Attributes::besideYes);
        int levels = Math.min(MOST_LEVELS, column.levels().size());
        for (int l = 0; l < levels; l++) {
            String level = column.levels().get(l);
            String plain = level.strip().toLowerCase(Locale.ROOT);
            if (UNKNOWN.contains(plain) || yesNo && no(level)) continue;
            boolean flag = yesNo && yes(level);
            var values = new double[column.codes().length];
            for (int i = 0; i < values.length; i++) {
                values[i] = column.codes()[i] < 0 ? Double.NaN : column.codes()[i] == l ? 1 : 0;
            }
            attributes.add(
                    new Attribute(
                            flag ? column.name() : column.name() + "=" + level,
                            flag ? Sense.ofFlag(column.name()) : sense,
                            Difference.Kind.SHARE,
                            Fact.Unit.SHARE,
                            column.name(),
                            flag ? "" : level,
                            values));
        }
        return attributes;
    }

    private static boolean yes(String level) {
        return MissingWords.yesNo(level).filter(v -> v == 1).isPresent();
    }

    private static boolean no(String level) {
        return MissingWords.yesNo(level).filter(v -> v == 0).isPresent()
                || level.strip().equals(NONE);
    }

    /** True for a level that does not make a yes beside it one of several codes. */
    private static boolean besideYes(String level) {
        return yes(level) || no(level) || !CODE.matcher(level.strip()).matches();
    }

    private static void opinions(CustomerTable customers, List<Attribute> attributes) {
        if (!Opinions.only(customers.texts())) return;
        attributes.add(
                new Attribute(
                        "complains",
                        Sense.COMPLAINS,
                        Difference.Kind.SHARE,
                        Fact.Unit.SHARE,
                        "complains",
                        "",
                        Opinions.complaints(customers.texts(), customers.customers())));
    }

    /** The mean rating given with texts, where the profile has no rating of its own. */
    private static void ratings(CustomerTable customers, List<Attribute> attributes) {
        if (attributes.stream().anyMatch(a -> a.sense() == Sense.RATING)) return;
        var sum = new double[customers.customers()];
        var count = new int[customers.customers()];
        customers.texts().stream()
                .filter(t -> !Double.isNaN(t.rating()))
                .forEach(
                        t -> {
                            sum[t.customer()] += t.rating();
                            count[t.customer()]++;
                        });
        if (Arrays.stream(count).noneMatch(c -> c > 0)) {
            opinions(customers, attributes);
            return;
        }
        for (int i = 0; i < sum.length; i++)
            sum[i] = count[i] == 0 ? Double.NaN : sum[i] / count[i];
        attributes.add(
                new Attribute(
                        "rating",
                        Sense.RATING,
                        Difference.Kind.MEAN,
                        Fact.Unit.NUMBER,
                        "rating",
                        "",
                        sum));
    }
}
