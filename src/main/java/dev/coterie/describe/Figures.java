package dev.coterie.describe;

import dev.coterie.language.Language;
import dev.coterie.language.Message;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.Set;

/** Shows figures to people: grouped digits, percent, days, times, and small counts withheld. */
public final class Figures {
    /** Counts below it are shown as "fewer than", unless a caller knows another threshold. */
    public static final int SMALL_COUNT = 10;

    /** Formulas of shares that are a count of customers by a count of customers. */
    private static final Set<String> OF_CUSTOMERS =
            Set.of(
                    "describe.formula.share",
                    "describe.formula.word",
                    "describe.formula.of_all",
                    "describe.formula.meeting");

    private Figures() {}

    public static String show(Fact fact, Language language) {
        return show(fact, language, SMALL_COUNT);
    }

    /** A count of customers; a small one is withheld. */
    public static String count(long customers, Language language) {
        boolean small = customers > 0 && customers < SMALL_COUNT;
        if (small) return Message.of("describe.figure.small", "limit", SMALL_COUNT).in(language);
        return show(customers, Fact.Unit.COUNT, language);
    }

    /**
     * @param smallCount counts from 1 to one below it are not shown
     */
    public static String show(Fact fact, Language language, int smallCount) {
        boolean small =
                fact.unit() == Fact.Unit.COUNT && fact.value() > 0 && fact.value() < smallCount;
        if (small) return Message.of("describe.figure.small", "limit", smallCount).in(language);
        return show(fact.value(), fact.unit(), language);
    }

    /**
     * A figure for a prompt or a shared report: a count below 11 is withheld, and of a share the
     * bound that so many customers would make, so that no count follows from it. A figure with no
     * rows behind it, such as the power of a test, tells of nobody.
     */
    public static String shared(Fact fact, Language language) {
        boolean few = fact.n() > 0 && fact.n() < Disclosure.FEWEST;
        if (few && !fact.ofSegments()) {
            return Message.of("describe.figure.withheld").in(language);
        }
        boolean ofCustomers = OF_CUSTOMERS.contains(fact.formula().key());
        return fact.unit() == Fact.Unit.SHARE && ofCustomers
                ? shared(fact.value(), fact.n(), language)
                : show(fact, language, Disclosure.FEWEST);
    }

    /**
     * A share of n customers.
     *
     * @param share 0..1
     */
    public static String shared(double share, long n, Language language) {
        if (!bounded(share, n)) return show(share, Fact.Unit.SHARE, language);
        double least = (double) Disclosure.FEWEST / n;
        boolean low = Math.round(share * n) < Disclosure.FEWEST;
        String bound = show(low ? least : 1 - least, Fact.Unit.SHARE, language);
        return Message.of(low ? "describe.figure.under" : "describe.figure.over", "share", bound)
                .in(language);
    }

    /** True if a share of n customers would tell of fewer than 11, who have it or have it not. */
    public static boolean bounded(double share, long n) {
        long having = Math.round(share * n);
        return having > 0 && having < Disclosure.FEWEST
                || n - having > 0 && n - having < Disclosure.FEWEST;
    }

    /** A value in its unit, whatever its size. */
    public static String show(double value, Fact.Unit unit, Language language) {
        return switch (unit) {
            case COUNT -> digits(value, 0, language);
            case SHARE -> share(value, language);
            case MONEY -> digits(value, Math.abs(value) < 100 ? 2 : 0, language);
            case DAYS ->
                    Message.of(
                                    "describe.figure.days",
                                    "days",
                                    Math.round(value),
                                    "shown",
                                    digits(value, 0, language))
                            .in(language);
            case LIFT -> "×" + digits(value, Math.abs(value) < 10 ? 1 : 0, language);
            case YEAR -> String.valueOf(Math.round(value));
            case NUMBER -> plain(digits(value, decimals(value), language));
        };
    }

    private static String share(double value, Language language) {
        double percent = value * 100;
        boolean whole = Math.abs(percent - Math.rint(percent)) < 0.05;
        String space = language == Language.CHINESE ? "" : "\u00a0";
        return digits(percent, whole ? 0 : 1, language) + space + "%";
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

    private static String digits(double value, int decimals, Language language) {
        if (Double.isNaN(value) || Double.isInfinite(value)) return "–";
        var symbols = DecimalFormatSymbols.getInstance(Locale.ROOT);
        symbols.setGroupingSeparator(language == Language.CHINESE ? ',' : '\u00a0');
        var format = new DecimalFormat("#,##0", symbols);
        format.setMinimumFractionDigits(decimals);
        format.setMaximumFractionDigits(decimals);
        String shown = format.format(value);
        return shown.matches("-0[.0]*") ? shown.substring(1) : shown;
    }
}
