package dev.coterie.words;

import dev.coterie.language.Language;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Small rules of English: articles, plurals, joining, capitals. */
public final class English {
    private static final Set<String> MASS =
            Set.of(
                    "service",
                    "security",
                    "backup",
                    "protection",
                    "support",
                    "billing",
                    "tv",
                    "internet",
                    "insurance",
                    "income",
                    "access",
                    "delivery",
                    "spending",
                    "spend",
                    "credit",
                    "debt",
                    "education",
                    "balance",
                    "experience",
                    "marketing");
    private static final Set<String> KEEP_PLURAL =
            Set.of(
                    "bottoms",
                    "tops",
                    "pants",
                    "jeans",
                    "shorts",
                    "intimates",
                    "leggings",
                    "news",
                    "sweets");
    private static final Set<String> AMOUNTS =
            Set.of(
                    "charges",
                    "costs",
                    "earnings",
                    "savings",
                    "sales",
                    "fees",
                    "expenses",
                    "wages",
                    "assets",
                    "funds",
                    "status",
                    "days",
                    "months",
                    "years",
                    "hours",
                    "minutes");
    private static final Set<String> UNCOUNTED =
            Set.of(
                    "fruit",
                    "milk",
                    "shampoo",
                    "clothing",
                    "furniture",
                    "skincare",
                    "coffee",
                    "tea",
                    "swimwear",
                    "sleepwear",
                    "loungewear",
                    "jewellery");

    /** Sides of an offer that stand without an article: delivery, support. */
    private static final Set<String> BARE =
            Set.of(
                    "delivery",
                    "support",
                    "hair",
                    "size",
                    "comfort",
                    "cash",
                    "breakfast",
                    "checkout",
                    "air conditioning",
                    "after-sales service",
                    "waiting time",
                    "reading",
                    "knowledge",
                    "stock",
                    "fading",
                    "dandruff",
                    "gift-giving",
                    "freshness",
                    "identity");

    /** What one has a place on: the basic tier; all else one is on a plan, on a contract. */
    private static final Set<String> GRADES = Set.of("tier", "level", "grade", "class");

    private static final java.util.Map<String, String> CHANNELS =
            java.util.Map.ofEntries(
                    java.util.Map.entry("store", "the store"),
                    java.util.Map.entry("shop", "the shop"),
                    java.util.Map.entry("app", "the app"),
                    java.util.Map.entry("web", "the website"),
                    java.util.Map.entry("website", "the website"),
                    java.util.Map.entry("phone", "the phone"),
                    java.util.Map.entry("social", "social media"),
                    java.util.Map.entry("mini program", "the mini program"));

    private English() {}

    /** {@code partner} as a partner; mass nouns and plurals as they are. */
    public static String article(String noun) {
        String[] words = noun.split(" ");
        String last = words[words.length - 1].toLowerCase(Locale.ROOT);
        if (MASS.contains(last) || last.endsWith("s") || last.endsWith("ing")) return noun;
        return ("aeiou".indexOf(noun.charAt(0)) >= 0 ? "an " : "a ") + noun;
    }

    /** Things bought, in the plural; what is not counted stays. */
    public static String many(String noun) {
        Optional<String> mass =
                Lexicon.find(noun).map(Lexicon.Entry::english).filter(UNCOUNTED::contains);
        if (mass.isPresent()) return mass.get(); // lounge is what shops call loungewear
        boolean counted =
                Lexicon.find(noun).map(e -> e.kind() == Lexicon.Kind.PRODUCT).orElse(false);
        return counted && !UNCOUNTED.contains(noun) ? plural(noun) : noun;
    }

    /** True for late deliveries or visits, which are many; false for charges, which are high. */
    public static boolean counted(String column) {
        String thing = head(column);
        String last = thing.substring(thing.lastIndexOf(' ') + 1).toLowerCase(Locale.ROOT);
        boolean amount = AMOUNTS.contains(last) || column.startsWith("spending on");
        return last.endsWith("s") && !last.endsWith("ss") && !amount;
    }

    /** The noun that the other words tell more of: visits of visits a month. */
    private static String head(String noun) {
        return noun.replaceAll(" (?:a|at|in|of|on|per) .*", "");
    }

    /** True for charges, which are; false for income and spending on wines, which is. */
    public static boolean severalOf(String column) {
        String thing = head(column);
        return thing.endsWith("s") && !thing.endsWith("ss");
    }

    /** {@code dress} as dresses; what ends in s or in a closing quotation mark stays. */
    public static String plural(String noun) {
        if (noun.isEmpty() || noun.endsWith("s") || noun.endsWith("”")) return noun;
        if (noun.matches(".*[^aeiou]y")) return noun.substring(0, noun.length() - 1) + "ies";
        return noun.matches(".*(x|z|ch|sh)") ? noun + "es" : noun + "s";
    }

    /** {@code Dresses} before buyers is dress; words that have no singular stay. */
    public static String product(String noun) {
        String lower = noun.toLowerCase(Locale.ROOT);
        if (lower.equals("top")) return "tops";
        if (KEEP_PLURAL.contains(lower)) return noun;
        if (lower.endsWith("sses")) return noun.substring(0, noun.length() - 2);
        if (lower.endsWith("ies") && lower.length() > 4)
            return noun.substring(0, noun.length() - 3) + "y";
        boolean plural = lower.endsWith("s") && !lower.endsWith("ss") && lower.length() > 3;
        return plural ? noun.substring(0, noun.length() - 1) : noun;
    }

    /** A product before the noun, as the data calls it; lounge is what shops call loungewear. */
    public static String product(Lexicon.Entry entry, String level) {
        boolean mass = UNCOUNTED.contains(entry.english());
        return mass ? entry.english() : product(entry.naming(level, Language.ENGLISH));
    }

    /** The side of an offer that people speak of: the fit, the fabric, but delivery and codes. */
    public static String the(String noun) {
        boolean many = noun.endsWith("s") && !noun.endsWith("ss");
        boolean name = !noun.equals(noun.toLowerCase(Locale.ROOT));
        return BARE.contains(noun) || many || name ? noun : "the " + noun;
    }

    /** A level before the noun: basic-tier, two-year contract. */
    public static String grade(String level, String column) {
        String kind = column.substring(column.lastIndexOf(' ') + 1);
        boolean single = level.matches("[\\p{L}]+");
        return single ? level + "-" + kind : level.replace(' ', '-') + " " + kind;
    }

    /** What one is on: the basic membership tier, a two-year contract. */
    public static String on(String plan) {
        String kind = plan.substring(plan.lastIndexOf(' ') + 1);
        if (GRADES.contains(kind)) return "the " + plan;
        return ("aeiou".indexOf(plan.charAt(0)) >= 0 ? "an " : "a ") + plan;
    }

    /** {@code web} as the website; a channel that is not known as it is. */
    public static String channel(String level) {
        return CHANNELS.getOrDefault(level.toLowerCase(Locale.ROOT), level);
    }

    /** With a capital first letter. */
    public static String capital(String text) {
        if (text.isEmpty()) return text;
        int first = text.codePointAt(0);
        return new StringBuilder()
                .appendCodePoint(Character.toTitleCase(first))
                .append(text.substring(Character.charCount(first)))
                .toString();
    }

    /** a, b and c. */
    public static String and(List<String> parts) {
        if (parts.size() < 2) return String.join("", parts);
        return String.join(", ", parts.subList(0, parts.size() - 1))
                + " and "
                + parts.get(parts.size() - 1);
    }
}
