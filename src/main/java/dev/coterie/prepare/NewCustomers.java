package dev.coterie.prepare;

import dev.coterie.collect.DateText;
import dev.coterie.collect.MissingWords;
import dev.coterie.collect.NameHints;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Brings customers of the API into the shape of a fitted table, with the same parsers. */
final class NewCustomers {
    private static final long DAY = 86_400;

    private final CustomerTable fitted;
    private final Recipe recipe;
    private final List<CustomerInput> inputs;
    private final List<Map<String, Object>> profiles = new ArrayList<>();

    NewCustomers(CustomerTable fitted, Recipe recipe, List<CustomerInput> inputs) {
        this.fitted = fitted;
        this.recipe = recipe;
        this.inputs = inputs;
        for (CustomerInput input : inputs) profiles.add(byPlainName(input.profile()));
    }

    Applied apply() {
        var numbers = fitted.numbers().stream().map(this::number).toList();
        var categories = fitted.categories().stream().map(this::category).toList();
        int[] lines = new int[inputs.size()];
        var ids = new ArrayList<String>();
        for (int i = 0; i < inputs.size(); i++) {
            lines[i] = i + 1;
            String id = inputs.get(i).id();
            ids.add(id == null ? Integer.toString(i + 1) : id);
        }
        var table =
                new CustomerTable(ids, lines, numbers, categories, texts(), events(), noTargets());
        return new Applied(table, unknownFields(), unreadable(numbers), imputed(numbers));
    }

    private NumberColumn number(NumberColumn column) {
        double[] values = new double[inputs.size()];
        NameHints hints = NameHints.of(column.name());
        for (int i = 0; i < values.length; i++) {
            Object given = profiles.get(i).get(plain(column.name()));
            double value = read(given, column);
            if (column.kind() == NumberColumn.Kind.RATING && Double.isNaN(value)) {
                value = meanRating(inputs.get(i));
            }
            values[i] = NumberCells.isImpossible(hints, value) ? Double.NaN : value + 0.0;
        }
        return new NumberColumn(column.name(), column.kind(), values, column.code());
    }

    private double read(Object given, NumberColumn column) {
        if (given == null) return Double.NaN;
        String cell = given.toString();
        if (column.kind() == NumberColumn.Kind.AGE_DAYS) {
            return ProfileBuilder.days(
                    recipe.spellings().second(column.name(), cell), recipe.latestEpochSecond());
        }
        if (column.kind() == NumberColumn.Kind.YESNO) {
            return MissingWords.yesNo(cell).map(Integer::doubleValue).orElse(Double.NaN);
        }
        if (given instanceof Boolean yes) return yes ? 1 : 0;
        if (given instanceof Number number) {
            double value = number.doubleValue();
            return Double.isFinite(value) ? value : Double.NaN;
        }
        return recipe.spellings().number(column.name(), cell);
    }

    private static double meanRating(CustomerInput input) {
        return texts(input).stream()
                .mapToDouble(t -> finite(t.rating()))
                .filter(rating -> !Double.isNaN(rating))
                .average()
                .orElse(Double.NaN);
    }

    private CategoryColumn category(CategoryColumn column) {
        Map<String, Integer> places = new LinkedHashMap<>();
        column.levels().forEach(level -> places.put(level, places.size()));
        int[] codes = new int[inputs.size()];
        for (int i = 0; i < codes.length; i++) {
            Object given = profiles.get(i).get(plain(column.name()));
            String cell = given == null ? "" : given.toString().strip();
            codes[i] = MissingWords.isMissing(cell) ? -1 : place(places, cell);
        }
        return new CategoryColumn(column.name(), new ArrayList<>(places.keySet()), codes);
    }

    private static int place(Map<String, Integer> places, String name) {
        Integer known = places.putIfAbsent(name, places.size());
        return known == null ? places.size() - 1 : known;
    }

    private List<CustomerText> texts() {
        var texts = new ArrayList<CustomerText>();
        for (int i = 0; i < inputs.size(); i++) {
            Set<String> seen = new HashSet<>();
            for (CustomerInput.TextInput text : texts(inputs.get(i))) {
                if (text.text() == null) continue;
                String clean =
                        text.text().replaceAll("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\x7F]", "");
                String source = text.source() == null ? "" : text.source();
                if (clean.isBlank() || !seen.add(clean)) continue;
                long second = second(text.at());
                texts.add(
                        new CustomerText(
                                i,
                                clean,
                                source,
                                source,
                                i + 1,
                                second == Long.MIN_VALUE ? second : Math.floorDiv(second, DAY),
                                finite(text.rating())));
            }
        }
        return texts;
    }

    private Events events() {
        Map<String, Integer> items = new LinkedHashMap<>();
        Map<String, Integer> names = new LinkedHashMap<>();
        fitted.events().items().forEach(item -> items.put(item, items.size()));
        fitted.events().names().forEach(name -> names.put(name, names.size()));
        int count = inputs.stream().mapToInt(input -> events(input).size()).sum();
        int[] customer = new int[count];
        long[] seconds = new long[count];
        double[] values = new double[count];
        int[] item = new int[count];
        int[] name = new int[count];
        int at = 0;
        for (int i = 0; i < inputs.size(); i++) {
            var sorted = new ArrayList<>(events(inputs.get(i)));
            sorted.sort((a, b) -> Long.compare(second(a.at()), second(b.at())));
            for (CustomerInput.EventInput event : sorted) {
                customer[at] = i;
                seconds[at] = second(event.at());
                values[at] = finite(event.value());
                item[at] = event.item() == null ? -1 : place(items, event.item().strip());
                name[at] = event.name() == null ? -1 : place(names, event.name().strip());
                at++;
            }
        }
        return new Events(
                customer,
                seconds,
                values,
                item,
                new ArrayList<>(items.keySet()),
                name,
                new ArrayList<>(names.keySet()),
                recipe.latestEpochSecond());
    }

    private List<TargetColumn> noTargets() {
        return fitted.targets().stream().map(this::unknown).toList();
    }

    private TargetColumn unknown(TargetColumn target) {
        boolean classes = target.kind() == TargetColumn.Kind.CLASSES;
        int[] codes = new int[classes ? inputs.size() : 0];
        double[] values = new double[classes ? 0 : inputs.size()];
        Arrays.fill(codes, -1);
        Arrays.fill(values, Double.NaN);
        return new TargetColumn(target.name(), target.kind(), target.classes(), codes, values);
    }

    private List<List<String>> unknownFields() {
        Set<String> known = new HashSet<>();
        fitted.numbers().forEach(c -> known.add(plain(c.name())));
        fitted.categories().forEach(c -> known.add(plain(c.name())));
        fitted.targets().forEach(c -> known.add(plain(c.name())));
        return inputs.stream()
                .map(
                        input ->
                                profile(input).keySet().stream()
                                        .filter(key -> !known.contains(plain(key)))
                                        .toList())
                .toList();
    }

    private List<List<String>> unreadable(List<NumberColumn> numbers) {
        var all = new ArrayList<List<String>>();
        for (int i = 0; i < inputs.size(); i++) {
            var unreadable = new ArrayList<String>();
            for (NumberColumn column : numbers) {
                Object given = profiles.get(i).get(plain(column.name()));
                boolean said = given != null && !MissingWords.isMissingMeasure(given.toString());
                // a rating may come with the texts instead
                if (said && Double.isNaN(column.values()[i])) unreadable.add(column.name());
            }
            List<CustomerInput.TextInput> texts = texts(inputs.get(i));
            for (int t = 0; t < texts.size(); t++) {
                if (undated(texts.get(t).at())) unreadable.add("texts[" + t + "].at");
                if (infinite(texts.get(t).rating())) unreadable.add("texts[" + t + "].rating");
            }
            List<CustomerInput.EventInput> events = events(inputs.get(i));
            for (int e = 0; e < events.size(); e++) {
                if (undated(events.get(e).at())) unreadable.add("events[" + e + "].at");
                if (infinite(events.get(e).value())) unreadable.add("events[" + e + "].value");
            }
            all.add(unreadable);
        }
        return all;
    }

    /** A number too large to be held, such as 1e999, counts as missing. */
    private static double finite(Double given) {
        return given == null || infinite(given) ? Double.NaN : given;
    }

    private static boolean infinite(Double given) {
        return given != null && !Double.isFinite(given);
    }

    private static boolean undated(String at) {
        return at != null && !at.isBlank() && second(at) == Long.MIN_VALUE;
    }

    private List<List<String>> imputed(List<NumberColumn> numbers) {
        Map<String, NumberColumn> byName = new HashMap<>();
        numbers.forEach(column -> byName.put(column.name(), column));
        var imputed = new ArrayList<List<String>>();
        for (int i = 0; i < inputs.size(); i++) {
            var missing = new ArrayList<String>();
            for (Recipe.NumberStep step : recipe.numbers()) {
                NumberColumn column = byName.get(step.column());
                if (column != null && step.missing(column.values()[i])) missing.add(step.column());
            }
            imputed.add(missing);
        }
        return imputed;
    }

    private static long second(String at) {
        if (at == null) return Long.MIN_VALUE;
        return DateText.of(List.of(at), Optional.empty(), true).read(at).epochSecond();
    }

    private static List<CustomerInput.TextInput> texts(CustomerInput input) {
        return input.texts() == null ? List.of() : input.texts();
    }

    private static List<CustomerInput.EventInput> events(CustomerInput input) {
        return input.events() == null ? List.of() : input.events();
    }

    private static Map<String, Object> profile(CustomerInput input) {
        return input.profile() == null ? Map.of() : input.profile();
    }

    private static Map<String, Object> byPlainName(Map<String, Object> profile) {
        Map<String, Object> plain = new HashMap<>();
        if (profile != null) profile.forEach((key, value) -> plain.put(plain(key), value));
        return plain;
    }

    private static String plain(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }
}
