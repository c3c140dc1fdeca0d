package dev.coterie.proof;

import dev.coterie.describe.Disclosure;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.Set;

/**
 * Shows figures to people: grouped digits, percent, days, times. What would tell of too few
 * customers is withheld here and nowhere else.
 */
public final class Figures {
    /** Counts below it are shown as "fewer than" where nothing else is configured. */
    public static final int SMALL_COUNT = 10;

    /** Formulas of shares that are a count of customers by a count of customers. */
    private static final Set<String> OF_CUSTOMERS =
            Set.of(
                    "describe.formula.share",
                    "describe.formula.word",
                    "describe.formula.of_all",
                    "describe.formula.meeting",
                    "brief.formula.active_rate",
                    "brief.formula.base",
                    "brief.formula.missing");

    /** Formulas whose figure does not follow from the rows of the group alone, or is of one row. */
    private static final Set<String> NOT_OF_A_GROUP =
            Set.of(
                    "describe.formula.jaccard",
                    "describe.formula.membership",
                    "describe.formula.forecast",
                    "describe.formula.log_odds");

    /**
     * The argument of a formula that compares groups: the fewest customers, having it or not, whom
     * a figure beside it would give away.
     */
    public static final String FEWEST = "fewest";

    private Figures() {}

    /** A count of customers; a small one is withheld. */
    public static String count(long customers, Language language, int smallCount) {
        return few(customers, smallCount)
                ? Message.of("describe.figure.small", "limit", smallCount).in(language)
                : show(customers, Fact.Unit.COUNT, language);
    }

    /**
     * A figure for the owner of the data. A small count is withheld, of a share that makes one only
     * the bound is told, and nothing is told that was computed over a group of so few.
     *
     * @param smallCount counts from 1 to one below it are not shown
     */
    public static String show(Fact fact, Language language, int smallCount) {
        if (fact.ofSegments()) return show(fact.value(), fact.unit(), language);
        if (fact.unit() == Fact.Unit.COUNT) return count(count(fact), language, smallCount);
        if (ofFew(fact, smallCount)) return withheld(fact.unit(), language);
        if (!ofCustomers(fact) || !few(having(fact), smallCount)) {
            return show(fact.value(), fact.unit(), language);
        }
        return bound("under", (double) smallCount / fact.n(), language);
    }

    /** True if {@link #show(Fact, Language, int)} does not tell the value itself. */
    public static boolean guarded(Fact fact, int smallCount) {
        if (fact.ofSegments()) return false;
        if (fact.unit() == Fact.Unit.COUNT) return few(count(fact), smallCount);
        return ofFew(fact, smallCount) || ofCustomers(fact) && few(having(fact), smallCount);
    }

    /**
     * A figure for a prompt, a document or a report: as above, nothing at all about a group of few,
     * and of a share the bound also where few do not have what it counts, so that no count follows.
     *
     * @param fewest customers of whom something may be told, {@link Disclosure#FEWEST} or more
     */
    public static String shared(Fact fact, Language language, int fewest) {
        if (fact.ofSegments()) return show(fact.value(), fact.unit(), language);
        if (fact.unit() == Fact.Unit.COUNT) return count(count(fact), language, fewest);
        if (few(fact.n(), fewest) || tellsOfFew(fact, fewest)) {
            return withheld(fact.unit(), language);
        }
        return ofCustomers(fact)
                ? shared(fact.value(), fact.n(), language, fewest)
                : show(fact.value(), fact.unit(), language);
    }

    /**
     * A share of n customers.
     *
     * @param share 0..1
     */
    public static String shared(double share, long n, Language language, int fewest) {
        if (!bounded(share, n, fewest)) return show(share, Fact.Unit.SHARE, language);
        double least = (double) fewest / n;
        return few(Math.round(share * n), fewest)
                ? bound("under", least, language)
                : bound("over", 1 - least, language);
    }

    /** True if a share of n customers would tell of too few, who have it or have it not. */
    public static boolean bounded(double share, long n, int fewest) {
        long having = Math.round(share * n);
        return few(having, fewest) || few(n - having, fewest);
    }

    private static boolean few(long customers, int fewest) {
        return customers > 0 && customers < fewest;
    }

    private static long count(Fact fact) {
        return Math.round(fact.value());
    }

    private static boolean ofFew(Fact fact, int smallCount) {
        return few(fact.n(), smallCount) && !NOT_OF_A_GROUP.contains(fact.formula().key())
                || tellsOfFew(fact, smallCount);
    }

    /** From a quotient of two shares and one of them the other follows, and with it a count. */
    private static boolean tellsOfFew(Fact fact, int smallCount) {
        return fact.formula().arguments().get(FEWEST) instanceof Number fewest
                && few(fewest.longValue(), smallCount);
    }

    private static boolean ofCustomers(Fact fact) {
        return fact.unit() == Fact.Unit.SHARE && OF_CUSTOMERS.contains(fact.formula().key());
    }

    private static long having(Fact fact) {
        return Math.round(fact.value() * fact.n());
    }

    private static String bound(String side, double share, Language language) {
        String shown = show(share, Fact.Unit.SHARE, language);
        return Message.of("describe.figure." + side, "share", shown).in(language);
    }

    /** Words that stand in a sentence where the figure would. */
    private static String withheld(Fact.Unit unit, Language language) {
        String what =
                switch (unit) {
                    case MONEY -> ".amount";
                    case SHARE -> ".share";
                    default -> "";
                };
        return Message.of("describe.figure.withheld" + what).in(language);
    }

    /** A value in its unit, whatever its size. */
    public static String show(double value, Fact.Unit unit, Language language) {
        return switch (unit) {
            case COUNT -> digits(value, 0);
            case SHARE -> share(value);
            case MONEY -> digits(value, Math.abs(value) < 100 ? 2 : 0);
            case DAYS ->
                    Message.of(
                                    "describe.figure.days",
                                    "days",
                                    Math.round(value),
                                    "shown",
                                    digits(value, 0))
                            .in(language);
            case LIFT -> "×" + digits(value, Math.abs(value) < 10 ? 1 : 0);
            case YEAR -> String.valueOf(Math.round(value));
            case NUMBER -> plain(digits(value, decimals(value)));
        };
    }

    private static String share(double value) {
        double percent = value * 100;
        boolean whole = Math.abs(percent - Math.rint(percent)) < 0.05;
        return digits(percent, whole ? finer(percent) : 1) + "%";
    }

    /** Decimals of a percentage near a whole one: a few are not none, nor are nearly all all. */
    private static int finer(double percent) {
        double apart = Math.min(Math.abs(percent), Math.abs(100 - percent));
        if (apart < Math.ulp(100.0) * 8 || apart >= 0.05) return 0;
        return (int) Math.min(6, Math.ceil(-Math.log10(2 * apart)));
    }

    /** Three figures that count. */
    private static int decimals(double value) {
        double size = Math.abs(value);
        if (size >= 100 || size == Math.rint(size)) return 0;
        return size >= 10 ? 1 : 2;
    }

    /** A mean of 9.60 is 9.6: the nought would claim what nobody counted. */
    private static String plain(String shown) {
        String plain = shown.indexOf('.') < 0 ? shown : shown.replaceAll("\\.?0+$", "");
        return plain.equals("0") ? shown : plain; // a little is not nothing
    }

    private static String digits(double value, int decimals) {
        if (Double.isNaN(value) || Double.isInfinite(value)) return "–";
        var symbols = DecimalFormatSymbols.getInstance(Locale.ROOT);
        var format = new DecimalFormat("#,##0", symbols);
        format.setMinimumFractionDigits(decimals);
        format.setMaximumFractionDigits(decimals);
        String shown = format.format(value);
        return shown.matches("-0[.0]*") ? shown.substring(1) : shown;
    }
}
