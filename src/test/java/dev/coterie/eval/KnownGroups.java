package dev.coterie.eval;

import de.siegmar.fastcsv.reader.CsvReader;
import dev.coterie.segment.Agreement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A classifier that is told the groups of every other customer: naive Bayes on words, on habits and
 * on profile fields. What it can recover of the rest is what a data set holds.
 */
final class KnownGroups {
    /** What the classifier may look at. */
    enum Sees {
        TEXTS,
        ORDERS,
        PROFILE
    }

    private final List<String> ids;
    private final int[] truth;
    private final int groups;
    private final Map<String, Set<String>> words = new HashMap<>();
    private final Map<String, List<String>> fields = new HashMap<>();
    private final Map<String, double[]> habits = new HashMap<>();

    KnownGroups(PlantedData data) {
        ids = data.truth().keySet().stream().filter(id -> data.truth().get(id) >= 0).toList();
        truth = ids.stream().mapToInt(data.truth()::get).toArray();
        groups = data.family().groups();
        for (var row : rows(data, "customers.csv")) {
            fields.put(row.get(0), List.of(decade(row.get(1)), row.get(3), row.get(4), row.get(5)));
        }
        for (var row : rows(data, "texts.csv")) {
            words.computeIfAbsent(row.get(0), id -> new HashSet<>()).addAll(words(row.get(3)));
        }
        var orders = new HashMap<String, List<List<String>>>();
        for (var row : rows(data, "orders.csv")) {
            orders.computeIfAbsent(row.get(0), id -> new ArrayList<>()).add(row);
        }
        orders.forEach((id, ofOne) -> habits.put(id, habit(ofOne)));
    }

    static List<List<String>> rows(PlantedData data, String file) {
        return data.files().stream()
                .filter(f -> f.name().equals(file))
                .flatMap(f -> CsvReader.builder().ofCsvRecord(f.csv()).stream().skip(1))
                .map(r -> r.getFields())
                .toList();
    }

    private static String decade(String age) {
        return age.isEmpty() ? "" : String.valueOf(Integer.parseInt(age) / 8);
    }

    /** Words between spaces, or pairs of characters where the text is Chinese. */
    private static Set<String> words(String text) {
        var words = new HashSet<String>();
        for (String word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}]+")) {
            if (word.isEmpty()) continue;
            if (!Character.isIdeographic(word.codePointAt(0))) {
                words.add(word);
                continue;
            }
            for (int i = 0; i + 2 <= word.length(); i++) words.add(word.substring(i, i + 2));
        }
        return words;
    }

    private static double[] habit(List<List<String>> orders) {
        double sum = 0;
        long last = Long.MIN_VALUE;
        for (var order : orders) {
            sum += Double.parseDouble(order.get(2));
            last = Math.max(last, LocalDate.parse(order.get(1)).toEpochDay());
        }
        long silence = LocalDate.parse("2026-10-31").toEpochDay() - last;
        return new double[] {
            Math.log(orders.size()), Math.log(sum / orders.size()), Math.log1p(silence)
        };
    }

    /** Adjusted Rand index of the answers on customers whose group was not told. */
    double recovers(Sees... sees) {
        int[] asked = IntStream.range(0, truth.length).filter(i -> i % 2 == 1).toArray();
        double[][] score = new double[asked.length][groups];
        for (Sees block : sees) {
            double[][] more = block == Sees.ORDERS ? ofHabits(asked) : ofWords(asked, block);
            for (int i = 0; i < asked.length; i++) {
                for (int g = 0; g < groups; g++) score[i][g] += more[i][g];
            }
        }
        int[] answers = Arrays.stream(score).mapToInt(KnownGroups::best).toArray();
        return Agreement.adjustedRand(answers, IntStream.of(asked).map(i -> truth[i]).toArray());
    }

    private static int best(double[] score) {
        int best = 0;
        for (int g = 1; g < score.length; g++) if (score[g] > score[best]) best = g;
        return best;
    }

    private Set<String> seen(int customer, Sees block) {
        String id = ids.get(customer);
        if (block == Sees.TEXTS) return words.getOrDefault(id, Set.of());
        var seen = new HashSet<String>();
        for (String field : fields.get(id)) seen.add(seen.size() + field);
        return seen;
    }

    private double[][] ofWords(int[] asked, Sees block) {
        var counts = new HashMap<String, int[]>();
        int[] sizes = new int[groups];
        for (int i = 0; i < truth.length; i += 2) {
            sizes[truth[i]]++;
            for (String word : seen(i, block)) {
                counts.computeIfAbsent(word, w -> new int[groups])[truth[i]]++;
            }
        }
        double[][] score = new double[asked.length][groups];
        for (int i = 0; i < asked.length; i++) {
            for (String word : seen(asked[i], block)) {
                int[] count = counts.get(word);
                if (count == null) continue;
                for (int g = 0; g < groups; g++) {
                    score[i][g] += Math.log((count[g] + 0.5) / (sizes[g] + 1.0));
                }
            }
        }
        return score;
    }

    private double[][] ofHabits(int[] asked) {
        double[][] mean = new double[groups][3];
        double[][] variance = new double[groups][3];
        int[] sizes = new int[groups];
        for (int i = 0; i < truth.length; i += 2) sizes[truth[i]]++;
        for (int i = 0; i < truth.length; i += 2) {
            double[] habit = habits.get(ids.get(i));
            for (int f = 0; f < 3; f++) mean[truth[i]][f] += habit[f] / sizes[truth[i]];
        }
        for (int i = 0; i < truth.length; i += 2) {
            double[] habit = habits.get(ids.get(i));
            for (int f = 0; f < 3; f++) {
                double off = habit[f] - mean[truth[i]][f];
                variance[truth[i]][f] += off * off / sizes[truth[i]];
            }
        }
        double[][] score = new double[asked.length][groups];
        for (int i = 0; i < asked.length; i++) {
            double[] habit = habits.get(ids.get(asked[i]));
            for (int g = 0; g < groups; g++) {
                for (int f = 0; f < 3; f++) {
                    double off = habit[f] - mean[g][f];
                    score[i][g] -= off * off / (2 * variance[g][f]) + Math.log(variance[g][f]) / 2;
                }
            }
        }
        return score;
    }
}
